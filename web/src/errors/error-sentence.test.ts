import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { codeName } from "./code-name.ts";
import { errorSentence } from "./error-sentence.ts";

const codes = Object.values(Code).filter((code) => typeof code === "number");

it("there are 16 codes", () => {
  expect(codes).toHaveLength(16);
});

describe.each(codes)("code %i", (code) => {
  it("has one whole sentence or two", () => {
    expect(errorSentence(code)).toMatch(/^[A-Z][^.]+\.( [A-Z][^.]+\.)?$/);
  });
});

it("no two codes have the same sentence", () => {
  expect(new Set(codes.map(errorSentence)).size).toBe(16);
});

it.each([
  [Code.Canceled, "CANCELED"],
  [Code.InvalidArgument, "INVALID_ARGUMENT"],
  [Code.DataLoss, "DATA_LOSS"],
  [Code.OutOfRange, "OUT_OF_RANGE"],
])("code %i is written %s", (code, name) => {
  expect(codeName(code)).toBe(name);
});
