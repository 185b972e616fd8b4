import { expect, it } from "vitest";
import { parseInt64 } from "./int64.ts";

it.each([
  ["42", 42n],
  [" -7 ", -7n],
  ["+1", 1n],
  ["−5", -5n],
  ["9,223,372,036,854,775,807", 9223372036854775807n],
  ["-9223372036854775808", -9223372036854775808n],
  ["9223372036854775808", undefined],
  ["99999999999999999999", undefined],
  ["1,234", 1234n],
  ["12 345 678", 12345678n],
  ["1\u00a0000", 1000n],
  ["1_000_000", 1000000n],
  ["1,5", undefined],
  [",,5", undefined],
  ["1,2345", undefined],
  ["1234,567", undefined],
  ["1,234_567", undefined],
  ["1,234,", undefined],
  ["1 5", undefined],
  ["1__000", undefined],
  ["1.5", undefined],
  ["1e5", undefined],
  ["", undefined],
  ["-", undefined],
])("reads %s as %s", (text, number) => {
  expect(parseInt64(text)).toBe(number);
});
