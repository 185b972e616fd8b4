import { expect, it } from "vitest";
import { readLine } from "./read-line.ts";

it.each(["", "   ", "# a comment", "  # 1+2"])("finds nothing in %j", (text) => {
  expect(readLine(text)).toBeUndefined();
});

it.each([
  ["1+2", { name: undefined, parameter: undefined, expression: "1+2" }],
  ["1+2 # three", { name: undefined, parameter: undefined, expression: "1+2 " }],
  ["Rate = 1/3", { name: "rate", parameter: undefined, expression: "       1/3".padStart(10) }],
  ["f(X)=x^2", { name: "f", parameter: "x", expression: "     x^2" }],
  [" f ( x ) = x", { name: "f", parameter: "x", expression: "           x" }],
  ["a=", { name: "a", parameter: undefined, expression: "  " }],
  ["1 = 2", { name: undefined, parameter: undefined, expression: "1 = 2" }],
])("reads %j", (text, line) => {
  expect(readLine(text)).toEqual(line);
});
