import type { Series } from "./series.ts";

/** How many books of one author a list has at most, as long as there are others. */
const MOST_BY_AUTHOR = 3;

/** What a list is chosen from; all books by index. */
export interface DiversityOptions {
  /** How many books the list has at most. */
  readonly limit: number;
  /** The main author of a book; undefined where it has none, who is then nobody else's. */
  authorOf(book: number): string | undefined;
  readonly seriesOf: ReadonlyMap<number, Series>;
  /** Whether the reader has rated a book. */
  isRated(book: number): boolean;
  /** Whether a book may be in the list. */
  allows(book: number): boolean;
}

/**
 * Chooses a list from the best books, best first: at most three by one author, and in place of a volume of a series the one that comes next for
 * the reader: the first that is not in the list, after the last that the reader has rated. Where that leaves fewer than there may be, the best
 * of those passed over follow.
 */
export function diversify(best: Iterable<number>, options: DiversityOptions): Uint32Array {
  const { limit, authorOf, seriesOf, isRated, allows } = options;
  const chosen = new Set<number>();
  const byAuthor = new Map<string, number>();
  const passedOver: number[] = [];

  /** The volume that is due where this book is among the best. */
  function dueFor(book: number): number {
    const volumes = seriesOf.get(book)?.volumes ?? [];
    const lastRated = volumes.findLastIndex(isRated);
    if (volumes.indexOf(book) < lastRated) return book;
    return volumes.slice(lastRated + 1).find((volume) => !chosen.has(volume) && allows(volume)) ?? book;
  }

  for (const candidate of best) {
    if (chosen.size >= limit) break;
    const book = dueFor(candidate);
    const author = authorOf(book);
    const count = author === undefined ? 0 : (byAuthor.get(author) ?? 0);
    if (chosen.has(book)) continue;
    if (count >= MOST_BY_AUTHOR) {
      passedOver.push(candidate);
      continue;
    }
    chosen.add(book);
    if (author !== undefined) byAuthor.set(author, count + 1);
  }
  for (const candidate of passedOver) {
    if (chosen.size >= limit) break;
    chosen.add(dueFor(candidate));
  }
  return Uint32Array.from(chosen);
}
