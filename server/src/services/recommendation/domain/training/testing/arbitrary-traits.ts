import fc from "fast-check";
import type { BookTraits } from "../training-data.ts";

const tag = fc.tuple(fc.constantFrom("elves", "space", "love", "crime", "tea", "war"), fc.integer({ min: 1, max: 9 }));

/** Traits of books with these ids, from few tags and authors, so that many are alike. */
export function arbitraryTraits(ids: readonly number[]): fc.Arbitrary<readonly BookTraits[]> {
  const traits = ids.map((id) =>
    fc.record({
      id: fc.constant(id),
      authors: fc.uniqueArray(fc.constantFrom("Ann", "Ben", "Cid", "Dot"), { maxLength: 2 }),
      tags: fc.uniqueArray(tag, { maxLength: 4, selector: ([name]) => name }),
    }),
  );
  return fc.tuple(...traits);
}
