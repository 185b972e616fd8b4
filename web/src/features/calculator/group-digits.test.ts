import fc from "fast-check";
import { expect, it } from "vitest";
import { groupDigits } from "./group-digits.ts";

it.each([
  ["7", ["7"]],
  ["-1234", ["-1234"]],
  ["12345", ["12", "345"]],
  ["-1234567.25", ["-1", "234", "567.25"]],
  ["0.3", ["0.3"]],
  ["1.41421356", ["1.414", "213", "56"]],
  ["0.1234", ["0.1234"]],
  ["1.5e+40", ["1.5e+40"]],
  ["1.234567e-12", ["1.234", "567e-12"]],
  ["NaN", ["NaN"]],
])("cuts %s where people read", (value, groups) => {
  expect(groupDigits(value)).toEqual(groups);
});

it("loses no character", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^-?\d{1,30}(\.\d{1,30})?(e[+-]\d{1,9})?$/), (value) => {
      expect(groupDigits(value).join("")).toBe(value);
    }),
  );
});
