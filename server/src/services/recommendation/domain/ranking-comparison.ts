/** One of two rankings that are compared. */
export interface ComparedRanking {
  /** What it is stored under: another one for each ranking that there has been. */
  readonly id: string;
  /** What distinguishes it, for people. */
  readonly name: string;
  /** How many books of one author a diverse list has at most: see `diversify`. */
  readonly mostByAuthor: number;
}

/** What is compared, the usual one first. */
export const COMPARED_RANKINGS: readonly [ComparedRanking, ComparedRanking] = [
  { id: "three-by-author", name: "at most three books by one author", mostByAuthor: 3 },
  { id: "two-by-author", name: "at most two books by one author", mostByAuthor: 2 },
];

/** The ranking of a reader: the same at all times and on all servers, and for half of all readers, whatever numbers they have. */
export function rankingOf(userId: number): ComparedRanking {
  // The last step of MurmurHash3, which spreads neighbouring numbers.
  let hash = userId | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return COMPARED_RANKINGS[((hash ^ (hash >>> 16)) & 1) as 0 | 1];
}

/** What readers may do with a book that was shown to them. */
export const OUTCOMES = ["opened", "rated", "ordered"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** What came of a ranking. */
export interface RankingCounts {
  readonly ranking: ComparedRanking;
  /** How many readers were shown a list; who was shown none for `READER_COUNTS_FOR_MS` is left out, with all below, when others are. */
  readonly readers: number;
  /** How many books were shown, for each reader each once, and again where it was not for `COUNTS_FOR_MS` or `SHOWN_KEPT` others were since. */
  readonly booksShown: number;
  /** With how many of these it was done, and how many readers did it with one. */
  readonly outcomes: Readonly<Record<Outcome, { readonly books: number; readonly readers: number }>>;
}

/** Keeps what was shown to whom by which ranking, and what came of it. */
export interface RankingComparisonStore {
  /**
   * Notes that a list is shown to a reader. Returns at once: a list does not wait for the disk, so one that was sent in the moment before a crash may
   * not be counted, nor may one while many others wait for the disk. Of each reader the latest `SHOWN_KEPT` books are kept, and no longer than they count.
   */
  shown(userId: number, ranking: ComparedRanking, bookIds: readonly number[]): void;
  /** What came of the two rankings, the usual one first. */
  counts(): readonly [RankingCounts, RankingCounts];
}

/** How many books that were shown are kept for each reader. */
export const SHOWN_KEPT = 200;
/** How long what a reader does with a book counts after it was shown, in milliseconds. */
export const COUNTS_FOR_MS = 7 * 24 * 60 * 60 * 1_000;
/** How long a reader counts after being shown a list, in milliseconds. */
export const READER_COUNTS_FOR_MS = 28 * 24 * 60 * 60 * 1_000;
/** How many readers are counted at most: those who were shown a list last. */
export const READERS_COMPARED = 100_000;
