import { expect, it } from "vitest";
import { publicationYear } from "./publication-year.ts";

it.each([
  [1965, "1965"],
  [8, "8"],
  [-750, "750 BCE"],
  [0, undefined],
])("the year %i is %s", (year, expected) => {
  expect(publicationYear(year)).toBe(expected);
});
