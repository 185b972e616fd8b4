/** The weights between one book and others, ascending by these: what they say for it, or what it says for them. */
export interface WeightList {
  readonly books: Uint32Array;
  readonly weights: Float64Array;
}

/** Adds up weights between one book and others, for one after another. */
export interface WeightCollector {
  /** Adds to the weight of a book. */
  add(book: number, weight: number): void;
  /** Adds all of them, times a factor. */
  addAll(list: WeightList, factor: number): void;
  /** Keeps those that are largest either way, of equal ones those of lower index, and forgets the others. */
  keepStrongest(count: number): void;
  /** All that was added; it is empty after that. */
  take(): WeightList;
}

/** Makes an empty collector for this many books. The sums depend on the order in which they are added up. */
export function createWeightCollector(size: number): WeightCollector {
  const sums = new Float64Array(size);
  const isTouched = new Uint8Array(size);
  let touched: number[] = [];

  function add(book: number, weight: number): void {
    if (isTouched[book] === 0) {
      isTouched[book] = 1;
      touched.push(book);
    }
    sums[book] = (sums[book] ?? 0) + weight;
  }

  function forget(books: readonly number[]): void {
    for (const book of books) sums[book] = isTouched[book] = 0;
  }

  return {
    add,
    addAll({ books, weights }, factor) {
      for (let index = 0; index < books.length; index++) add(books[index] ?? 0, factor * (weights[index] ?? 0));
    },
    keepStrongest(count) {
      touched.sort((a, b) => Math.abs(sums[b] ?? 0) - Math.abs(sums[a] ?? 0) || a - b);
      forget(touched.splice(count));
    },
    take() {
      const books = Uint32Array.from(touched).sort();
      const weights = Float64Array.from(books, (book) => sums[book] ?? 0);
      forget(touched);
      touched = [];
      return { books, weights };
    },
  };
}
