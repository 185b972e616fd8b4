import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { OverloadLevel } from "./overload-level.ts";

const BOUNDS = { maxDelayMs: 250, highest: 9 };

/** The levels after each of some delays, one measured every half second. */
function levelsOf(delays: readonly number[]): number[] {
  const level = new OverloadLevel(BOUNDS);
  return delays.map((delay, index) => {
    level.observe(delay, index * 500);
    return level.value;
  });
}

const times = (count: number, delay: number) => Array.from({ length: count }, () => delay);

describe("OverloadLevel", () => {
  it("stays 0 up to the target, however long, and for a single long turn", () => {
    expect(levelsOf([...times(20, 250), 60_000, ...times(20, 0)])).toEqual(times(41, 0));
  });

  it("rises once the delay has stood above the target for a second, then twice a second", () => {
    expect(levelsOf(times(6, 251))).toEqual([0, 0, 1, 2, 3, 4]);
  });

  it("stays where it is while the delay goes up and down", () => {
    expect(levelsOf([...times(3, 300), 0, 300, 0, 300, 0])).toEqual([0, 0, 1, 1, 1, 1, 1, 1]);
  });

  it("falls once a second while the delay is below the target", () => {
    expect(levelsOf([...times(4, 300), ...times(6, 0)])).toEqual([0, 0, 1, 2, 2, 2, 1, 1, 0, 0]);
  });

  it("is never beyond its bounds, moves by one step at most, and is 0 again after a calm while", () => {
    const delays = fc.array(fc.oneof(fc.constantFrom(0, 249, 250, 251, 5_000), fc.nat(600)), { maxLength: 60 });
    fc.assert(
      fc.property(delays, (measured) => {
        const levels = [0, ...levelsOf([...measured, ...times(2 * BOUNDS.highest + 2, 0)])];
        expect(Math.min(...levels)).toBe(0);
        expect(Math.max(...levels)).toBeLessThanOrEqual(BOUNDS.highest);
        const steps = levels.slice(1).map((level, index) => Math.abs(level - (levels[index] ?? 0)));
        expect(Math.max(...steps)).toBeLessThanOrEqual(1);
        expect(levels.at(-1)).toBe(0);
      }),
    );
  });
});
