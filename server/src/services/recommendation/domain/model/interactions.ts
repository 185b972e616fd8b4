/** What readers like, as two columns of the same length: in each row a reader and a book that this reader likes. */
export interface LikedPairs {
  readonly readers: ArrayLike<number>;
  readonly books: ArrayLike<number>;
}

/**
 * What readers like, as columns or as an array of `[reader, book]`. Ids are whole numbers: those of books from 0 to 2³¹ - 1, those of readers
 * from -2³¹ on, for generated readers have negative ones.
 */
export type LikedPairsInput = LikedPairs | readonly (readonly [reader: number, book: number])[];

const MIN_READER_ID = -0x8000_0000;
const MAX_ID = 0x7fff_ffff;

/**
 * Who likes what, by dense index: the books of reader `r` are `books[starts[r]] … books[starts[r + 1] - 1]`, ascending, each
 * once. Readers and books are numbered in ascending order of their ids.
 */
export interface Interactions {
  /** The id of each reader, ascending. */
  readonly readerIds: Int32Array;
  /** The id of each book, ascending. */
  readonly bookIds: Int32Array;
  readonly starts: Uint32Array;
  readonly books: Uint32Array;
  /** How many readers like each book. */
  readonly likes: Uint32Array;
}

/**
 * Numbers readers and books and sorts what is liked; a pair that comes twice counts once. The order of the rows has no effect. The
 * books are those that a reader likes and `alsoBooks`, by their ids, which need not be liked by anybody.
 * @throws RangeError for an id that is none, or columns of different lengths.
 */
export function createInteractions(pairs: LikedPairsInput, alsoBooks: ArrayLike<number> = []): Interactions {
  const { readers, books } = toColumns(pairs);
  const readerIds = distinctAscending(readers, MIN_READER_ID);
  const bookIds = distinctAscending(concatenate(distinctAscending(books, 0), distinctAscending(alsoBooks, 0)), 0);
  const rows = sortedRows(readers, books, readerIds, bookIds);
  const starts = new Uint32Array(readerIds.length + 1);
  const liked = new Uint32Array(readers.length);
  const likes = new Uint32Array(bookIds.length);
  let length = 0;
  for (let reader = 0; reader < readerIds.length; reader++) {
    const from = rows.starts[reader] ?? 0;
    const row = rows.books.subarray(from, rows.starts[reader + 1]).sort();
    for (let index = 0; index < row.length; index++) {
      const book = row[index] ?? 0;
      if (index > 0 && row[index - 1] === book) continue;
      liked[length++] = book;
      likes[book] = (likes[book] ?? 0) + 1;
    }
    starts[reader + 1] = length;
  }
  return { readerIds, bookIds, starts, books: liked.slice(0, length), likes };
}

/** The books of one reader, ascending by index; a view, not a copy. */
export function booksOf({ books, starts }: Interactions, reader: number): Uint32Array {
  return books.subarray(starts[reader], starts[reader + 1]);
}

/** The index of an id in an ascending list of ids, or -1. */
export function indexOfId(ids: Int32Array, id: number): number {
  let low = 0;
  let high = ids.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = ids[middle] ?? 0;
    if (found === id) return middle;
    if (found < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

/** Finds the index of ids that are in an ascending list; at once where the list has few gaps, as nearly all have. */
function createIndex(ids: Int32Array): (id: number) => number {
  const [first = 0, last = 0] = [ids[0], ids.at(-1)];
  const span = last - first + 1;
  if (span > 4 * ids.length) return (id) => indexOfId(ids, id);
  const indices = new Uint32Array(span);
  ids.forEach((id, index) => {
    indices[id - first] = index;
  });
  return (id) => indices[id - first] ?? 0;
}

function toColumns(pairs: LikedPairsInput): LikedPairs {
  if (!("readers" in pairs)) return { readers: pairs.map(([reader]) => reader), books: pairs.map(([, book]) => book) };
  if (pairs.readers.length === pairs.books.length) return pairs;
  throw new RangeError(`must be as many books as readers: got ${pairs.books.length} and ${pairs.readers.length}`);
}

function distinctAscending(ids: ArrayLike<number>, least: number): Int32Array {
  for (let index = 0; index < ids.length; index++) {
    const id = ids[index] ?? Number.NaN;
    if (!Number.isInteger(id) || id < least || id > MAX_ID)
      throw new RangeError(`must be an id from ${least} to ${MAX_ID}: got ${id}`);
  }
  const sorted = Int32Array.from(ids).sort();
  return sorted.filter((id, index) => index === 0 || sorted[index - 1] !== id);
}

function concatenate(first: Int32Array, second: Int32Array): Int32Array {
  const both = new Int32Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function sortedRows(readers: ArrayLike<number>, books: ArrayLike<number>, readerIds: Int32Array, bookIds: Int32Array) {
  const indexOfReader = createIndex(readerIds);
  const indexOfBook = createIndex(bookIds);
  const readerOf = Uint32Array.from(readers, indexOfReader);
  const starts = new Uint32Array(readerIds.length + 1);
  for (const reader of readerOf) starts[reader + 1] = (starts[reader + 1] ?? 0) + 1;
  for (let reader = 0; reader < readerIds.length; reader++) {
    starts[reader + 1] = (starts[reader + 1] ?? 0) + (starts[reader] ?? 0);
  }
  const next = starts.slice();
  const sorted = new Uint32Array(readers.length);
  for (let row = 0; row < readerOf.length; row++) {
    const reader = readerOf[row] ?? 0;
    const place = next[reader] ?? 0;
    next[reader] = place + 1;
    sorted[place] = indexOfBook(books[row] ?? 0);
  }
  return { starts, books: sorted };
}
