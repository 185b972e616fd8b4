import { lowerBound } from "./ascending.ts";
import type { CoCounts } from "./co-counts.ts";
import type { RankedLikes } from "./ranked-likes.ts";
import { MIN_READERS } from "./ridge-solver.ts";
import { type CountedLikes, countTotal, createRowCounter } from "./row-counter.ts";

const REMEMBERED = 1 << 21;

/**
 * Counts of one and the same likes, which keep no pairs: what is asked for is counted then, and remembered for a while. The totals of a book that was to be
 * forgotten are right once a row has been asked for that it is in.
 */
export interface CountsOnDemand extends CoCounts {
  /** Counts a book again, by rank, the next time that it is asked for. */
  forget(rank: number): void;
}

/**
 * Counts pairs as `countPairs` does, to the last bit. Its memory is in proportion to the number of books, beside that of the likes and 8 bytes for each of the
 * pairs that it remembers at most.
 */
export function createCountsOnDemand(
  likes: CountedLikes,
  { rankOf, bookAt }: Pick<RankedLikes, "rankOf" | "bookAt">,
  remembered = REMEMBERED,
): CountsOnDemand {
  const size = bookAt.length;
  const totals = Float64Array.from(rankOf, (rank) => countTotal(likes, rank));
  const roots = totals.map(Math.sqrt);
  const rows = createRowMemory(createRowReader(likes, size), remembered);
  const books = new Uint32Array(size);
  const counts = new Float64Array(size);
  const isStale = new Uint8Array(size);

  // One reader's like changes what all books of that reader count for: so they are counted when a row is solved, and not with each change.
  function refresh(book: number): void {
    if (isStale[book] === 0) return;
    isStale[book] = 0;
    const total = countTotal(likes, rankOf[book] ?? 0);
    totals[book] = total;
    roots[book] = Math.sqrt(total);
  }

  return {
    totals,
    roots,
    get(a, b) {
      const [first, second] = [rankOf[a] ?? 0, rankOf[b] ?? 0];
      const row = rows.of(Math.max(first, second));
      const low = Math.min(first, second);
      const place = lowerBound(row.ranks, 0, row.ranks.length, low);
      return row.ranks[place] === low ? (row.counts[place] ?? 0) : 0;
    },
    row(book) {
      const row = rows.of(rankOf[book] ?? 0);
      refresh(book);
      row.ranks.forEach((rank, place) => {
        const other = bookAt[rank] ?? 0;
        refresh(other);
        books[place] = other;
        counts[place] = row.counts[place] ?? 0;
      });
      return { books: books.subarray(0, row.ranks.length), counts: counts.subarray(0, row.ranks.length) };
    },
    forget(rank) {
      isStale[bookAt[rank] ?? 0] = 1;
      rows.forget(rank);
    },
  };
}

/** One book with all others that count with it, ascending, all by rank. */
interface RankRow {
  readonly ranks: Uint32Array;
  readonly counts: Float32Array;
}

function createRowReader(likes: CountedLikes, size: number): (rank: number) => RankRow {
  const count = createRowCounter(likes, size);
  const ranks = new Uint32Array(size);
  const sums = new Float32Array(size);
  return (rank) => {
    const length = count(rank, size, MIN_READERS, (place, other, sum) => {
      ranks[place] = other;
      sums[other] = sum;
    });
    const ascending = ranks.slice(0, length).sort();
    return { ranks: ascending, counts: Float32Array.from(ascending, (other) => sums[other] ?? 0) };
  };
}

/** Remembers the rows that were read last, as many as have at most so many pairs. */
function createRowMemory(read: (rank: number) => RankRow, most: number) {
  const rows = new Map<number, RankRow>();
  let pairs = 0;

  function forget(rank: number): void {
    pairs -= rows.get(rank)?.ranks.length ?? 0;
    rows.delete(rank);
  }
  return {
    forget,
    of(rank: number): RankRow {
      const known = rows.get(rank);
      if (known !== undefined) return known;
      const row = read(rank);
      rows.set(rank, row);
      pairs += row.ranks.length;
      for (const oldest of rows.keys()) {
        if (pairs <= most) break;
        if (oldest !== rank) forget(oldest);
      }
      return row;
    },
  };
}
