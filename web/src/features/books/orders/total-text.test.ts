import { expect, it } from "vitest";
import { totalText } from "./total-text.ts";

it.each([
  [[1], "1 book"],
  [[1, 1], "2 books"],
  [[100, 1, 3], "104 books, 3 titles"],
  [[2], "2 books, 1 title"],
])("of %j is %j", (quantities, text) => {
  expect(totalText(quantities.map((quantity) => ({ quantity })))).toBe(text);
});
