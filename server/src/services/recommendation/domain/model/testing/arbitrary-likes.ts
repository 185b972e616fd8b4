import fc from "fast-check";

/** Pairs of few readers and books with gaps between their ids, in any order and some more than once. */
export const arbitraryLikes = fc.array(
  fc.tuple(
    fc.integer({ min: 0, max: 12 }).map((reader) => reader * 7),
    fc.integer({ min: 0, max: 14 }).map((book) => book * 5 + 1),
  ),
  { minLength: 1, maxLength: 150 },
);
