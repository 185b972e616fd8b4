import fc from "fast-check";
import { expect, it } from "vitest";
import { comparedLines } from "./compared-lines.ts";

it("sets lines side by side, and marks those that differ", () => {
  expect(comparedLines("{\n  a: 1\n}", "{\n  a: 2\n  b: 3\n}")).toEqual([
    { first: "{", second: "{", differs: false },
    { first: "  a: 1", second: "  a: 2", differs: true },
    { first: undefined, second: "  b: 3", differs: true },
    { first: "}", second: "}", differs: false },
  ]);
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
