import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { estimate, measureList } from "./metrics.ts";

describe("the measures of a list", () => {
  it("are known by hand", () => {
    const { ndcg, recall, hit } = measureList(Uint32Array.of(7, 3, 9, 1), Uint32Array.of(1, 2, 3), 4);
    const gain = 1 / Math.log2(3) + 1 / Math.log2(5);
    expect(ndcg).toBeCloseTo(gain / (1 + 1 / Math.log2(3) + 1 / Math.log2(4)), 12);
    expect(recall).toBeCloseTo(2 / 3, 12);
    expect(hit).toBe(1);
  });

  it("are what their definitions say", () => {
    const books = fc.uniqueArray(fc.nat({ max: 20 }), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(books, books, (list, heldOut) => {
        const gains = (flags: readonly boolean[]) =>
          flags.map((flag, rank) => (flag ? Math.LN2 / Math.log(rank + 2) : 0)).reduce((sum, gain) => sum + gain, 0);
        const flags = list.map((book) => heldOut.includes(book));
        const measured = measureList(Uint32Array.from(list), Uint32Array.from(heldOut), list.length);
        expect(measured.ndcg).toBeCloseTo(gains(flags) / gains(list.map((_, rank) => rank < heldOut.length)), 12);
        expect(measured.recall).toBeCloseTo(flags.filter(Boolean).length / heldOut.length, 12);
        expect(measured.hit).toBe(flags.includes(true) ? 1 : 0);
      }),
    );
  });

  it("are no better for a list that is shorter than it may be", () => {
    expect(measureList(Uint32Array.of(5), Uint32Array.of(5, 6), 10).ndcg).toBeCloseTo(1 / (1 + 1 / Math.log2(3)), 12);
    expect(measureList(Uint32Array.of(), Uint32Array.of(5), 10)).toEqual({ ndcg: 0, recall: 0, hit: 0 });
  });
});

it("a mean comes with its standard error", () => {
  expect(estimate(Float64Array.of(1, 2, 3, 6))).toEqual({ mean: 3, standardError: Math.sqrt(14 / 3 / 4) });
  expect(estimate(Float64Array.of(5))).toEqual({ mean: 5, standardError: 0 });
  expect(estimate(Float64Array.of())).toEqual({ mean: 0, standardError: 0 });
});
