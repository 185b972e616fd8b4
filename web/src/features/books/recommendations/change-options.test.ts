import { expect, it } from "vitest";
import { optionsText, withShown } from "./change-options.ts";
import { allBooks } from "./list-options.ts";

it("puts books behind the others once, and of very many the latest", () => {
  const some = withShown(withShown(allBooks, [1, 2]), [2, 3]);
  expect(some.shown).toEqual([1, 2, 3]);
  const many = withShown(
    some,
    Array.from({ length: 999 }, (_, index) => 10 + index),
  );
  expect([many.shown.length, many.shown[0]]).toEqual([1_000, 3]);
});

it("says what was chosen, and nothing where nothing was", () => {
  const nameOf = (id: string) => id.toUpperCase();
  expect(optionsText(allBooks, nameOf)).toBe("");
  expect(optionsText({ ...allBooks, categories: ["a", "b"], minYear: 1950, hideRated: false }, nameOf)).toBe(
    "A or B, since 1950, with those I have rated",
  );
});
