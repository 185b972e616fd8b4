import { expect, it } from "vitest";
import { agoText } from "./ago-text.ts";

it.each([
  [0, "just now"],
  [-90, "just now"],
  [4, "just now"],
  [5, "5 s ago"],
  [59, "59 s ago"],
  [60, "1 min ago"],
  [3_599, "59 min ago"],
  [3_600, "1 h ago"],
  [86_400 * 3, "3 d ago"],
  [86_400 * 400, "1 y ago"],
])("%i seconds before is %s", (seconds, expected) => {
  const now = Date.UTC(2026, 10, 21);
  expect(agoText(new Date(now - seconds * 1_000), now)).toBe(expected);
});
