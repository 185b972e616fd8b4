import { describe, expect, it } from "vitest";
import { createPageToken } from "../../../domain/page-token.ts";
import { parsePageToken } from "./parse-page-token.ts";

describe("parsePageToken", () => {
  it("finds the position of a token, and none in the empty one", () => {
    expect(parsePageToken(createPageToken(["books"], [24]), ["books"])).toEqual([24]);
    expect(parsePageToken("", ["books"])).toBeUndefined();
  });

  it("refuses the token of another list, and names the field", () => {
    const token = createPageToken(["ratings"], [24]);
    expect(() => parsePageToken(token, ["books"])).toThrow(/^page_token must be empty or the next_page_token/);
  });
});
