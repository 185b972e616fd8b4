import { describe, expect, it } from "vitest";
import { createPageToken } from "../../../domain/page-token.ts";
import { choosePage, nextPageToken } from "./choose-page.ts";

describe("choosePage", () => {
  it("takes 24 orders of the first page when nothing else is asked for", () => {
    expect(choosePage({ pageSize: 0, pageToken: "" })).toEqual({ limit: 24, before: undefined });
  });

  it.each([1, 100])("takes a size of %i", (pageSize) => {
    const pageToken = nextPageToken(77);
    expect(choosePage({ pageSize, pageToken })).toEqual({ limit: pageSize, before: 77 });
  });

  it.each([-1, 101])("names both fields when the size is %i and the token foreign", (pageSize) => {
    expect(() => choosePage({ pageSize, pageToken: "nonsense" })).toThrow(
      `page_size must be 1 to 100, or 0 for 24: got ${pageSize}; ` +
        'page_token must be the next_page_token of a page before: got "nonsense"',
    );
  });

  it.each([
    "5",
    createPageToken(["orders"], [0]),
    createPageToken(["orders"], [-1]),
    createPageToken(["orders"], [5, 6]),
    createPageToken(["books"], [5]),
    `${nextPageToken(5)} `,
    "A".repeat(1_000_000),
  ])("refuses a token that was never handed out", (pageToken) => {
    expect(() => choosePage({ pageSize: 0, pageToken })).toThrow(/^page_token must be the next_page_token/);
  });

  it("asks for the first page again when there is no other", () => {
    expect(nextPageToken(undefined)).toBe("");
  });
});
