import { expect, it } from "vitest";
import { decimalText } from "./decimal-text.ts";

it.each([
  ["5", 0, undefined, "5"],
  ["5", 20, undefined, "500000000000000000000"],
  ["5", 21, undefined, "5e+21"],
  ["15", 39, undefined, "1.5e+40"],
  ["123456789012345678901234567890", 30, undefined, `123456789012345678901234567890${"0".repeat(30)}`],
  ["123", -2, undefined, "1.23"],
  ["123", -3, undefined, "0.123"],
  ["5", -7, undefined, "0.0000005"],
  ["5", -8, undefined, "5e-8"],
  ["15", -9, undefined, "1.5e-8"],
  ["2", 2, 34, "200"],
  ["2", 2, 2, "2e+2"],
  ["314", 3, 3, "3.14e+5"],
  ["31416", -4, 5, "3.1416"],
])("%s × 10^%i, of which %s digits are known, is %s", (digits, exponent, known, text) => {
  expect(decimalText({ negative: false, digits, exponent }, known)).toBe(text);
  expect(decimalText({ negative: true, digits, exponent }, known)).toBe(`-${text}`);
});
