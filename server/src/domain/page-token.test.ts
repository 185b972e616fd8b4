import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPageToken, readPageToken } from "./page-token.ts";

const scopes = fc.array(fc.string(), { maxLength: 3 });
const positions = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 4 });

describe("page tokens", () => {
  it("give back the position they were made of", () => {
    fc.assert(
      fc.property(scopes, positions, (scope, position) => {
        expect(readPageToken(createPageToken(scope, position), scope)).toEqual(position);
      }),
    );
  });

  it("mean nothing in another scope", () => {
    const token = createPageToken(["books", "poetry", ""], [24]);
    expect(readPageToken(token, ["books", "", "poetry"])).toBeUndefined();
  });

  it("mean nothing with any character changed, added or missing", () => {
    const token = createPageToken(["books", "", ""], [24, 7]);
    const mutants = [...token].flatMap((_, i) => [
      `${token.slice(0, i)}~${token.slice(i + 1)}`,
      `${token.slice(0, i)}${token.slice(i + 1)}`,
      `${token.slice(0, i)}0${token.slice(i)}`,
    ]);
    for (const mutant of mutants) expect(readPageToken(mutant, ["books", "", ""])).toBeUndefined();
  });

  it("mean nothing when they are any other text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.base64String()), (text) => {
        expect(readPageToken(text, ["books"])).toBeUndefined();
      }),
    );
    expect(readPageToken("A.".repeat(1_000_000), ["books"])).toBeUndefined();
  });
});
