import { expect, it } from "vitest";
import { timeText } from "./time-text.ts";

it.each([
  [51.85, "52 seconds"],
  [119, "119 seconds"],
  [120, "2 minutes"],
  [7_200, "2 hours"],
  [260_000, "3 days"],
])("says %f seconds as %s", (seconds, text) => {
  expect(timeText(seconds)).toBe(text);
});
