/** How many books a library can have: as many as fit beside a reader and the stars into a number. */
const MOST_BOOKS = 2 ** 19;

/** Pairs of a reader and a book with a few stars, gathered to be written in the order of the table, which is many times faster. */
export interface PairBatch {
  readonly length: number;
  /** The reader is below 2³¹, the index of the book below `MOST_BOOKS`, the stars are 0 to 7. */
  add(reader: number, bookIndex: number, stars: number): void;
  /** Gives all by reader, book and stars, and forgets them. */
  drain(take: (reader: number, bookIndex: number, stars: number) => void): void;
}

const STARS = 2 ** 3;

/** Creates an empty batch. Each pair is one number, as large as a whole number can be exact, and sorts as such. */
export function createPairBatch(): PairBatch {
  let keys = new Float64Array(1 << 16);
  let length = 0;
  return {
    get length() {
      return length;
    },
    add(reader, bookIndex, stars) {
      if (length === keys.length) {
        const larger = new Float64Array(2 * length);
        larger.set(keys);
        keys = larger;
      }
      keys[length++] = (reader * MOST_BOOKS + bookIndex) * STARS + stars;
    },
    drain(take) {
      for (const key of keys.subarray(0, length).sort()) {
        const pair = Math.floor(key / STARS);
        take(Math.floor(pair / MOST_BOOKS), pair % MOST_BOOKS, key % STARS);
      }
      length = 0;
    },
  };
}
