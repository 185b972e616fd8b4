import fc from "fast-check";
import { expect, it } from "vitest";
import { estimateDifference, estimateShare } from "./confidence.ts";

const rounded = ({ value, low, high }: { value: number; low: number; high: number }) =>
  [value, low, high].map((number) => Number(number.toFixed(4)));

it.each([
  [81, 263, 0.308, 0.2553, 0.3662],
  [15, 148, 0.1014, 0.0624, 0.1605],
  [0, 20, 0, 0, 0.1611],
  [1, 29, 0.0345, 0.0061, 0.1718],
])("%d of %d has the interval that Newcombe printed for Wilson's", (hits, of, value, low, high) => {
  expect(rounded(estimateShare({ hits, of }))).toEqual([value, low, high]);
});

it.each([
  [48, 80, 56, 70, 0.2, 0.0524, 0.3339],
  [3, 10, 9, 10, 0.6, 0.1705, 0.809],
  [0, 20, 10, 20, 0.5, 0.2426, 0.7007],
])("%d of %d against %d of %d has the interval of method 10", (hits, of, otherHits, other, value, low, high) => {
  expect(rounded(estimateDifference({ hits, of }, { hits: otherHits, of: other }))).toEqual([value, low, high]);
});

it("says that anything may be where nothing was counted", () => {
  expect(estimateShare({ hits: 0, of: 0 })).toEqual({ value: 0, low: 0, high: 1 });
  expect(estimateDifference({ hits: 0, of: 0 }, { hits: 1, of: 1 })).toEqual({ value: 0, low: -1, high: 1 });
});

it("has the number in its interval, which stays in its bounds and turns with the two", () => {
  const count = fc
    .integer({ min: 1, max: 500 })
    .chain((of) => fc.record({ hits: fc.nat({ max: of }), of: fc.constant(of) }));
  fc.assert(
    fc.property(count, count, (first, second) => {
      const share = estimateShare(first);
      expect([0, share.low, share.value, share.high, 1]).toEqual(
        [0, share.low, share.value, share.high, 1].toSorted((a, b) => a - b),
      );
      const there = estimateDifference(first, second);
      const back = estimateDifference(second, first);
      expect([-1 - 1e-12, there.low, there.value, there.high, 1 + 1e-12]).toEqual(
        [-1 - 1e-12, there.low, there.value, there.high, 1 + 1e-12].toSorted((a, b) => a - b),
      );
      expect(back.low).toBeCloseTo(-there.high, 12);
    }),
  );
});
