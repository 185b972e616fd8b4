import { expect, it } from "vitest";
import { bytesText, durationText } from "./amount-text.ts";

it.each([
  [0, "0 B"],
  [999, "999 B"],
  [1_000, "1.0 kB"],
  [65_536, "65.5 kB"],
  [999_949, "999.9 kB"],
  [999_950, "1.0 MB"],
])("writes %d bytes as %s", (bytes, text) => {
  expect(bytesText(bytes)).toBe(text);
});

it.each([
  [-1, "0.0 ms"],
  [0.44, "0.4 ms"],
  [9.96, "10 ms"],
  [999.4, "999 ms"],
  [999.6, "1.00 s"],
  [59_990, "59.99 s"],
  [59_996, "1 min 00 s"],
  [123_400, "2 min 03 s"],
])("writes %d milliseconds as %s", (ms, text) => {
  expect(durationText(ms)).toBe(text);
});
