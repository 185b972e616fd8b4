import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { InvalidInput } from "../../domain/errors.ts";
import { createPageToken, parsePageToken } from "./page-token.ts";

const scopes = fc.array(fc.string(), { maxLength: 3 });
const positions = fc.array(fc.maxSafeInteger(), { minLength: 1, maxLength: 4 });

describe("page tokens", () => {
  it("give back the position they were made of", () => {
    fc.assert(
      fc.property(scopes, positions, (scope, position) => {
        expect(parsePageToken(createPageToken(scope, position), scope)).toEqual(position);
      }),
    );
  });

  it("stand for the beginning when empty", () => {
    expect(parsePageToken("", ["books"])).toBeUndefined();
  });

  it("are refused in another scope", () => {
    const token = createPageToken(["books", "poetry", ""], [24]);
    expect(() => parsePageToken(token, ["books", "", "poetry"])).toThrow(InvalidInput);
  });

  it("are refused with any character changed, added or missing", () => {
    const token = createPageToken(["books", "", ""], [24, 7]);
    const mutants = [...token].flatMap((_, i) => [
      `${token.slice(0, i)}~${token.slice(i + 1)}`,
      `${token.slice(0, i)}${token.slice(i + 1)}`,
      `${token.slice(0, i)}0${token.slice(i)}`,
    ]);
    for (const mutant of mutants) expect(() => parsePageToken(mutant, ["books", "", ""])).toThrow(InvalidInput);
  });

  it("are refused when they are any other text", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (text) => {
        expect(() => parsePageToken(text, ["books"])).toThrow(/^page_token must be empty or the next_page_token/);
      }),
    );
  });
});
