import { type BookTrend, decayed, HALF_LIFE_MS, LEAST_TREND } from "./reader-events.ts";

/** What was done with a book, added up as it was worth at a time. */
export interface Trend {
  readonly score: number;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** The trends of books, in their order. */
export interface Trends {
  /** Gives a book another trend than before. */
  set(bookId: number, trend: Trend): void;
  /**
   * The books with a score of at least `LEAST_TREND` at a time, the highest first and those with the same by id; the order may be another where that time is
   * before that of a trend. To be gone through before another trend is set.
   */
  at(time: number): Iterable<BookTrend>;
}

interface RankedTrend extends Trend {
  readonly bookId: number;
  /** What it goes by: all trends lose the same share in the same time, so their order changes only when one of them does. */
  readonly rank: number;
}

/** Keeps the trends of books in order, so that nothing is sorted when the first of them are asked for. */
export function createTrends(): Trends {
  const byBook = new Map<number, RankedTrend>();
  const ranked: RankedTrend[] = [];

  /** Where a trend is, or would be. */
  function placeOf(trend: RankedTrend): number {
    let [low, high] = [0, ranked.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const other = ranked[middle];
      if (other !== undefined && compare(other, trend) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    set(bookId, { score, time }) {
      const before = byBook.get(bookId);
      if (before !== undefined) ranked.splice(placeOf(before), 1);
      const trend = { bookId, score, time, rank: Math.log2(score) + time / HALF_LIFE_MS };
      byBook.set(bookId, trend);
      ranked.splice(placeOf(trend), 0, trend);
    },
    *at(now) {
      for (const { bookId, score, time } of ranked) {
        const trend = { bookId, score: decayed(score, now - time) };
        if (trend.score < LEAST_TREND) return;
        yield trend;
      }
    },
  };
}

function compare(a: RankedTrend, b: RankedTrend): number {
  return b.rank - a.rank || a.bookId - b.bookId;
}
