import fc from "fast-check";
import { expect, it } from "vitest";
import { backoffDelay } from "./backoff.ts";

it.each([
  [0, 500, 1_000],
  [1, 1_000, 2_000],
  [3, 4_000, 8_000],
  [4, 7_500, 15_000],
  [2_000, 7_500, 15_000],
])("after %i failures waits %i to %i ms", (failures, shortest, longest) => {
  expect(backoffDelay(failures, () => 0)).toBe(shortest);
  expect(backoffDelay(failures, () => 1)).toBe(longest);
});

it("never waits less than half a second or more than fifteen", () => {
  fc.assert(
    fc.property(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), (failures, random) => {
      const delay = backoffDelay(failures, () => random);
      expect(delay).toBeGreaterThanOrEqual(500);
      expect(delay).toBeLessThanOrEqual(15_000);
    }),
  );
});
