import { expect, it } from "vitest";
import { excerpt, shortened } from "./excerpt.ts";

it("gives a short text whole, in three parts", () => {
  expect(excerpt("1+2*3", 2, 5, 10)).toEqual({ before: "1+", part: "2*3", after: "" });
});

it("cuts what is far from the part", () => {
  expect(excerpt("1+1+1+2*3+1+1+1", 6, 9, 3)).toEqual({ before: "…+1+", part: "2*3", after: "+1+…" });
});

it("leaves out the middle of a long part", () => {
  expect(excerpt("123456789", 0, 9, 3).part).toBe("12…89");
});

it.each([
  ["12345", "12345"],
  ["123456", "12…56"],
])("shortens %s to at most five characters", (text, expected) => {
  expect(shortened(text, 5)).toBe(expected);
});
