import fc from "fast-check";
import { expect, it } from "vitest";
import { bestBooks } from "./best-books.ts";

const score = fc.constantFrom(-1, 0, 0.25, 0.5, 1, 2);

/** Scores, how many are wanted, what is left out (also what does not exist), and candidates. */
const arbitrarySearch = fc
  .tuple(fc.nat({ max: 12 }), fc.array(fc.nat({ max: 40 })), fc.array(score, { maxLength: 40 }))
  .chain(([count, leaveOut, values]) =>
    fc.record({
      count: fc.constant(count),
      leaveOut: fc.constant(leaveOut),
      values: fc.constant(values),
      candidates: fc.subarray([...values.keys()]),
    }),
  );

function expected(values: readonly number[], leaveOut: readonly number[], candidates: Iterable<number>): number[] {
  return [...candidates]
    .filter((book) => !leaveOut.includes(book))
    .sort((a, b) => (values[b] ?? 0) - (values[a] ?? 0) || a - b);
}

it("are the first of all sorted by score and then by index", () => {
  fc.assert(
    fc.property(arbitrarySearch, ({ values, count, leaveOut }) => {
      const best = bestBooks(Float64Array.from(values), count, leaveOut);
      expect([...best]).toEqual(expected(values, leaveOut, values.keys()).slice(0, count));
    }),
  );
});

it("are the first of the candidates where there are any", () => {
  fc.assert(
    fc.property(arbitrarySearch, ({ values, count, leaveOut, candidates }) => {
      const best = bestBooks(Float64Array.from(values), count, leaveOut, Uint32Array.from(candidates));
      expect([...best]).toEqual(expected(values, leaveOut, candidates).slice(0, count));
    }),
  );
});

it("are the same in long lists", () => {
  fc.assert(
    fc.property(arbitrarySearch, ({ values, leaveOut, candidates }) => {
      const chosen = Uint32Array.from(candidates);
      expect([...bestBooks(Float64Array.from(values), 10_000, leaveOut)]).toEqual(
        expected(values, leaveOut, values.keys()),
      );
      expect([...bestBooks(Float64Array.from(values), 10_000, leaveOut, chosen)]).toEqual(
        expected(values, leaveOut, candidates),
      );
      expect([...chosen]).toEqual(candidates);
    }),
  );
});
