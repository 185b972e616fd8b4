import { expect, it } from "vitest";
import { nameProblem, numberProblem, wholeNumberProblem } from "./read-input.ts";

it.each(["0", "-3", " 2.5 ", "1e3", "0x10"])("takes %j for a number", (text) => {
  expect(numberProblem(text)).toBeUndefined();
});

it.each(["", "  ", "five", "1,5", "Infinity", "1e999", "NaN"])("does not take %j for a number", (text) => {
  expect(numberProblem(text)).toContain("must be a number");
});

it.each(["0", " -3 ", "9223372036854775807", "-9223372036854775808"])("takes %j for a whole number", (text) => {
  expect(wholeNumberProblem(text)).toBeUndefined();
});

it.each(["", "1.5", "1e3", "9223372036854775808", "9".repeat(31)])("does not take %j for a whole number", (text) => {
  expect(wholeNumberProblem(text)).toBeDefined();
});

it("takes anything but nothing for a name", () => {
  expect(nameProblem("ليلى")).toBeUndefined();
  expect(nameProblem(" ")).toBe("must not be empty");
});
