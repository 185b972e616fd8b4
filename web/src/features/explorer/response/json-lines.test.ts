import { expect, it } from "vitest";
import { jsonLines, shownLines } from "./json-lines.ts";

const text = JSON.stringify({ a: 'x "1": y', list: [1, -2.5e-7, { b: null }], empty: {}, on: true }, null, 2);

it("gives back every character, and says what it is", () => {
  const lines = jsonLines(text);
  expect(lines.map(({ tokens }) => tokens.map((token) => token.text).join("")).join("\n")).toBe(text);
  const kinds = lines.flatMap(({ tokens }) => tokens.filter(({ kind }) => kind !== "plain"));
  expect(kinds.map(({ kind, text: token }) => [kind, token])).toEqual([
    ["key", '"a":'],
    ["string", String.raw`"x \"1\": y"`],
    ["key", '"list":'],
    ["number", "1"],
    ["number", "-2.5e-7"],
    ["key", '"b":'],
    ["word", "null"],
    ["key", '"empty":'],
    ["key", '"on":'],
    ["word", "true"],
  ]);
});

it("folds what a line opens", () => {
  const lines = jsonLines(text);
  expect(shownLines(lines, new Set())).toHaveLength(lines.length);
  const list = lines.findIndex(({ tokens }) => tokens.some((token) => token.text === '"list":'));
  expect(shownLines(lines, new Set([list]))).toEqual([0, 1, 2, 9, 10, 11]);
  expect(shownLines(lines, new Set([0]))).toEqual([0]);
  expect(shownLines(lines, new Set([1]))).toHaveLength(lines.length);
});

it("leaves what is no JSON as it is", () => {
  const [line] = jsonLines("This cannot be written");
  expect(line?.tokens.map((token) => token.text).join("")).toBe("This cannot be written");
});
