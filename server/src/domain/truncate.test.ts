import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstCodePoints, truncate } from "./truncate.ts";

describe("truncate", () => {
  it.each([
    ["abc", 3, "abc"],
    ["abcd", 3, "abc…"],
    ["ab😀", 3, "ab😀"],
    ["ab😀d", 3, "ab😀…"],
    ["😀😀", 1, "😀…"],
    ["", 0, ""],
  ])("makes %j of at most %i code points %j", (text, most, expected) => {
    expect(truncate(text, most)).toBe(expected);
  });

  it("keeps well-formed text well-formed, and within the length", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), fc.integer({ min: 0, max: 30 }), (text, most) => {
        const cut = truncate(text, most);
        expect(cut.isWellFormed()).toBe(text.isWellFormed());
        expect([...cut].length).toBeLessThanOrEqual(most + 1);
      }),
    );
  });
});

it.each([
  ["abc", 3, "abc"],
  ["abcd", 3, "abc"],
  ["a😀😀", 2, "a😀"],
  ["😀😀", 1, "😀"],
  ["abc", 0, ""],
])("the first code points of %j, %i at most, are %j", (text, most, expected) => {
  expect(firstCodePoints(text, most)).toBe(expected);
});
