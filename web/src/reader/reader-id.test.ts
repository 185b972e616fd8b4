import fc from "fast-check";
import { expect, it } from "vitest";
import { largestReaderId, newReaderId, parseReaderId } from "./reader-id.ts";

it("a new reader is a number the server takes, whatever the randomness", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (random) => {
      const id = newReaderId(() => random);
      expect(parseReaderId(String(id))).toBe(id);
    }),
  );
});

it("the ends of the range can be drawn", () => {
  expect(newReaderId(() => 0)).toBe(1);
  expect(newReaderId(() => 1 - Number.EPSILON)).toBe(largestReaderId);
});

it.each([
  ["7", 7],
  [" 42 ", 42],
  ["2147483647", 2147483647],
  ["2147483648", undefined],
  ["0", undefined],
  ["-1", undefined],
  ["1.5", undefined],
  ["1e3", undefined],
  ["", undefined],
  ["99999999999", undefined],
])("reads %j as %s", (text, expected) => {
  expect(parseReaderId(text)).toBe(expected);
});
