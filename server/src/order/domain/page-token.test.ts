import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodePageToken, encodePageToken } from "./page-token.ts";

describe("a page token", () => {
  it("gives the cursor back", () => {
    const cursors = fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER });
    fc.assert(fc.property(cursors, (cursor) => decodePageToken(encodePageToken(cursor)) === cursor));
  });

  it("means something only if it is one that was handed out", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (token) => {
        const cursor = decodePageToken(token);
        return cursor === undefined || encodePageToken(cursor) === token;
      }),
    );
  });

  it.each([
    "5",
    btoa("before:0"),
    btoa("before:-1"),
    btoa("before:05"),
    btoa("before:9007199254740993"),
    btoa("before:1e3"),
    `${encodePageToken(5)} `,
    "A".repeat(1_000_000),
  ])("is refused when it is %j", (token) => {
    expect(decodePageToken(token)).toBeUndefined();
  });
});
