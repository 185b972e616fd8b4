import { describe, expect, it } from "vitest";
import { lengthProblem } from "./length-problem.ts";

describe("the length of a text", () => {
  it("is counted in code points", () => {
    expect(lengthProblem("😀".repeat(1_000), 1_000)).toBeUndefined();
    expect(lengthProblem("😀".repeat(1_001), 1_000)).toBe("At most 1,000 characters: these are 1,001");
  });

  it("is fine up to the limit", () => {
    expect(lengthProblem("x".repeat(200), 200)).toBeUndefined();
    expect(lengthProblem("x".repeat(201), 200)).toBe("At most 200 characters: these are 201");
  });
});
