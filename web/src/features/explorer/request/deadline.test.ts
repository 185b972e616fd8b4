import { describe, expect, it } from "vitest";
import { readDeadline } from "./deadline.ts";

describe("a deadline", () => {
  it.each([
    ["", undefined],
    ["500ms", 500],
    ["5", 5_000],
    ["1.5 s", 1_500],
    [".25S", 250],
    ["2m", 120_000],
    ["27h", 97_200_000],
  ])("of %j is %j ms", (text, timeoutMs) => {
    expect(readDeadline(text)).toEqual({ timeoutMs });
  });

  it.each(["soon", "0", "-1s", "28h", "0.1ms", "1e3", "5 5", "9".repeat(400)])("may not be %j", (text) => {
    expect(readDeadline(text)).toEqual({ problem: expect.stringMatching(/^must be a time from 1ms to 27h.*: got "/) });
  });
});
