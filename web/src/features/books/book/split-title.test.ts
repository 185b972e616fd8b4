import fc from "fast-check";
import { expect, it } from "vitest";
import { splitTitle } from "./split-title.ts";

it.each([
  ["Dune", "Dune", ""],
  ["The Hunger Games (The Hunger Games, #1)", "The Hunger Games", "The Hunger Games, #1"],
  ["Ranma ½, Vol. 1 (Ranma ½ (US 2nd), #1)", "Ranma ½, Vol. 1", "Ranma ½ (US 2nd), #1"],
  ["Into Thin Air: A Personal Account", "Into Thin Air", "A Personal Account"],
  ["Angels: A Novel (Walsh Family, #3)", "Angels", "Walsh Family, #3"],
  ["2001: A Space Odyssey (Space Odyssey, #1)", "2001: A Space Odyssey", "Space Odyssey, #1"],
  ["It: A Novel", "It: A Novel", ""],
  ["Nickel and Dimed: On (Not) Getting By", "Nickel and Dimed", "On (Not) Getting By"],
  ["1/4 جرام", "1/4 جرام", ""],
  ["(Untitled)", "(Untitled)", ""],
  ["Broken) title)", "Broken) title)", ""],
])("splits %s", (title, main, rest) => {
  expect(splitTitle(title)).toEqual({ main, rest });
});

it("leaves no title without a main part", () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom("(", ")", ":", " ", "a") }), (title) => {
      return splitTitle(title).main !== "" || title.trim() === "";
    }),
  );
});
