import fc from "fast-check";
import { beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { comparedLines } from "./compared-lines.ts";

beforeEach(() => {
  // On a busy machine two short texts, too, may take longer than is waited for.
  vi.useFakeTimers({ toFake: ["Date"] });
  onTestFinished(() => void vi.useRealTimers());
});

it("sets lines side by side, and marks those that differ", () => {
  expect(comparedLines("{\n  a: 1\n}", "{\n  a: 2\n  b: 3\n}")).toEqual([
    { first: "{", second: "{", differs: false },
    { first: "  a: 1", second: "  a: 2", differs: true },
    { first: undefined, second: "  b: 3", differs: true },
    { first: "}", second: "}", differs: false },
  ]);
});

it("has all lines of a text that stands alone, however many", () => {
  const text = Array(5_000).fill("a").join("\n");
  expect(comparedLines(text, undefined)).toEqual(Array(5_000).fill({ first: "a", second: undefined, differs: true }));
  expect(comparedLines(undefined, "")).toEqual([{ first: undefined, second: "", differs: true }]);
});

it("has every line of both texts, in order", () => {
  const text = fc.array(fc.constantFrom("a", "b", "", "  c"), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(text, text, (first, second) => {
      const lines = comparedLines(first.join("\n"), second.join("\n")) ?? [];
      expect(lines.flatMap((line) => line.first ?? [])).toEqual(first);
      expect(lines.flatMap((line) => line.second ?? [])).toEqual(second);
      for (const line of lines) expect(line.differs).toBe(line.first !== line.second);
    }),
  );
});
