import { expect, it } from "vitest";
import { counted } from "./counted.ts";
import { secondsText } from "./seconds-text.ts";

it.each([
  [0.0124, "12 ms"],
  [0.9996, "1.0 s"],
  [2.24, "2.2 s"],
  [59.97, "1 min 0 s"],
  [200, "3 min 20 s"],
])("%f seconds are %s", (seconds, expected) => {
  expect(secondsText(seconds)).toBe(expected);
});

it.each([
  [0, "0 likes"],
  [1, "1 like"],
  [1n, "1 like"],
  [1_072_954n, "1,072,954 likes"],
])("counts %i as %s", (count, expected) => {
  expect(counted(count, "like")).toBe(expected);
});
