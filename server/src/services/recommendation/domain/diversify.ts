import type { Series } from "./series.ts";

/** How many books of one author a list has at most, as long as others are among the best, unless it is said. */
const MOST_BY_AUTHOR = 3;

/** What a list is chosen from; all books by index. */
export interface DiversityOptions {
  /** How many books the list has at most. */
  readonly limit: number;
  /** How many books of one author it has at most, as long as others are among the best; 3 where it is left out. */
  readonly mostByAuthor?: number | undefined;
  /** The main author of a book; undefined where it has none, who is then nobody else's. */
  authorOf(book: number): string | undefined;
  readonly seriesOf: ReadonlyMap<number, Series>;
  /** Whether the reader has rated a book. */
  isRated(book: number): boolean;
  /** Whether a book may be in the list. */
  allows(book: number): boolean;
}

/** What a list is chosen from where some books come last. */
export interface DiverseChoice extends DiversityOptions {
  /** Whether a book comes after all others; none does where it is left out. */
  isShown?: ((book: number) => boolean) | undefined;
}

/** A diverse list is chosen from so many times as many books as it has. */
const CHOSEN_FROM = 6;
/** Where these are of too few authors it is chosen from twice as many, and so on: at most from so many times as many, for a call must not take long. */
const MOST_CHOSEN_FROM = 48;

/**
 * Chooses a diverse list from the best books, of which `best` finds so many that are allowed: as few as do. Books that come last count as others: before
 * an author has more books than it may, they are in the list.
 */
export function chooseDiverse(
  best: (count: number, allows: (book: number) => boolean) => Uint32Array,
  { isShown, ...options }: DiverseChoice,
): Uint32Array {
  const { limit, allows } = options;
  const isNew = (book: number) => allows(book) && !isShown?.(book);
  for (let times = CHOSEN_FROM; ; times *= 2) {
    const found = best(times * limit, isNew);
    const list = diversify(found, { ...options, allows: isNew });
    if (list.books.length === limit && !list.isFilled) return list.books;
    if (found.length === times * limit && times < MOST_CHOSEN_FROM) continue;
    if (isShown === undefined) return list.books;
    const shown = best(MOST_CHOSEN_FROM * limit, (book) => allows(book) && isShown(book));
    const { books } = diversify([...found, ...shown], options);
    return Uint32Array.from([...books.filter((book) => !isShown(book)), ...books.filter(isShown)]);
  }
}

/** A list that was chosen. */
export interface DiverseList {
  readonly books: Uint32Array;
  /** Whether books stand in it that were passed over at first, for want of others among the best. */
  readonly isFilled: boolean;
}

/**
 * Chooses a list from the best books, best first: at most so many by one author, and in place of a volume of a series the one that comes next for
 * the reader: the first, after the last that the reader has rated, of which no edition is in the list. Where that one may not be in the list, none of the
 * series is. Where all this leaves fewer than there may be, the best of those passed over follow.
 */
export function diversify(best: ArrayLike<number> & Iterable<number>, options: DiversityOptions): DiverseList {
  const { limit, mostByAuthor = MOST_BY_AUTHOR, authorOf, seriesOf, isRated, allows } = options;
  const chosen = new Set<number>();
  const byAuthor = new Map<string, number>();
  const passedOver: number[] = [];

  /** The volume that is due where this book is among the best; undefined where an edition of it is rated or in the list and none comes next, and where the next may not be. */
  function dueFor(book: number): number | undefined {
    const volumes = seriesOf.get(book)?.volumes;
    // Who asks for books that are rated wants these, and not what comes after them.
    if (volumes === undefined || isRated(book)) return book;
    const own = volumes.find((volume) => volume.book === book)?.number;
    const rated = volumes.filter((volume) => isRated(volume.book)).map(({ number }) => number);
    const last = rated.at(-1) ?? Number.NEGATIVE_INFINITY;
    const taken = new Set([
      ...rated,
      ...volumes.filter((volume) => chosen.has(volume.book)).map(({ number }) => number),
    ]);
    if (own !== undefined && own < last && !taken.has(own)) return book;
    const due = volumes.find(({ number }) => number > last && !taken.has(number))?.number;
    return due === own ? book : volumes.find(({ book: volume, number }) => number === due && allows(volume))?.book;
  }

  for (const candidate of best) {
    if (chosen.size >= limit) break;
    const book = dueFor(candidate);
    const author = authorOf(candidate);
    const count = author === undefined ? 0 : (byAuthor.get(author) ?? 0);
    if (book === undefined || count >= mostByAuthor) {
      passedOver.push(candidate);
      continue;
    }
    chosen.add(book);
    if (author !== undefined) byAuthor.set(author, count + 1);
  }
  const found = chosen.size;
  const size = Math.min(limit, best.length);
  for (const candidate of passedOver) if (chosen.size < size) chosen.add(dueFor(candidate) ?? candidate);
  // Of two editions of a volume the one that is due may be another than the one among the best.
  for (const candidate of best) if (chosen.size < size) chosen.add(candidate);
  return { books: Uint32Array.from(chosen), isFilled: chosen.size > found };
}
