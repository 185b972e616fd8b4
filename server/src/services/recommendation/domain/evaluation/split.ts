import { booksOf, createInteractions, type Interactions, indexOfId } from "../model/interactions.ts";
import { type Profile, profileOfLikes } from "../model/profile.ts";
import type { Random } from "../model/random.ts";
import type { Feedback } from "./feedback.ts";
import type { Split, TestCase } from "./test-case.ts";

/** How to hold out. */
export interface SplitOptions {
  /** How many of a reader's books are held out, given how many there are. */
  heldOutOf(count: number): number;
  /** Readers who like fewer books are trained on whole. */
  readonly minBooks: number;
  /** How many of the readers that something was held out of are tested at most. */
  readonly maxCases: number;
  readonly random: Random;
}

/** Holds out at least one and a fifth of what each reader likes, for readers with at least five. */
export const HOLD_OUT_A_FIFTH = {
  heldOutOf: (count: number) => Math.max(1, Math.round(count / 5)),
  minBooks: 5,
} as const;

/** Holds out one book of each reader with at least five. */
export const LEAVE_ONE_OUT = { heldOutOf: () => 1, minBooks: 5 } as const;

/**
 * Holds out some of what readers like. The same feedback, in any order of its rows, and the same source of random numbers give the
 * same split. A book that was held out of all who like it is ranked by no model, and counts as missed. Of what a reader who is tested dislikes, half is held out
 * too, where that leaves at least one.
 */
export function splitFeedback(feedback: Feedback, options: SplitOptions): Split {
  const all = createInteractions(feedback.likes);
  // Filled row by row: lists that grow to millions of rows take several times the memory.
  const readers = new Int32Array(all.books.length);
  const books = new Int32Array(all.books.length);
  let length = 0;
  const held: { readonly reader: number; readonly books: readonly number[] }[] = [];
  for (let reader = 0; reader < all.readerIds.length; reader++) {
    const id = all.readerIds[reader] ?? 0;
    const liked = Array.from(booksOf(all, reader), (book) => all.bookIds[book] ?? 0);
    const heldOut =
      liked.length < options.minBooks ? [] : sample(liked, options.heldOutOf(liked.length), options.random);
    if (heldOut.length > 0) held.push({ reader: id, books: heldOut });
    const left = new Set(heldOut);
    for (const book of liked) {
      if (left.has(book)) continue;
      readers[length] = id;
      books[length++] = book;
    }
  }
  const train = createInteractions({ readers: readers.subarray(0, length), books: books.subarray(0, length) });
  const tested = sample(held, options.maxCases, options.random);
  const othersOf = groupByReader(feedback.others, new Set(tested.map(({ reader }) => reader)));
  return {
    train,
    cases: tested.map(({ reader, books: heldOut }) => {
      const others = othersOf.get(reader) ?? [];
      const dislikes = [...new Set(others.flatMap(([book, weight]) => (weight < 0 ? [book] : [])))].sort(
        (a, b) => a - b,
      );
      return createTestCase(train, reader, heldOut, others, sample(dislikes, dislikes.length >> 1, options.random));
    }),
  };
}

/** A book that a reader likes less, and what it counts for. */
type OtherBook = readonly [book: number, weight: number];

/**
 * The test case of one reader; all books by id. Of the others, those that the reader also likes or that were held out are passed
 * over: they may not be hidden from the list that is to find them. Neither may the dislikes that are held out.
 */
export function createTestCase(
  train: Interactions,
  reader: number,
  heldOut: Iterable<number>,
  others: readonly OtherBook[],
  heldOutDislikes: readonly number[] = [],
): TestCase {
  const row = indexOfId(train.readerIds, reader);
  const likes = profileOfLikes(row < 0 ? new Uint32Array() : booksOf(train, row));
  const missing = train.bookIds.length;
  const wanted = Uint32Array.from(new Set(heldOut), (id) => {
    const book = indexOfId(train.bookIds, id);
    return book < 0 ? missing : book;
  }).sort();
  const isHeldOut = new Set(heldOutDislikes);
  const profile = withOthers(
    train,
    likes,
    wanted,
    others.filter(([book]) => !isHeldOut.has(book)),
  );
  const known = new Set([...likes.books, ...wanted]);
  const disliked = Uint32Array.from(
    heldOutDislikes.map((id) => indexOfId(train.bookIds, id)).filter((book) => book >= 0 && !known.has(book)),
  ).sort();
  return { profile, heldOut: wanted, disliked };
}

function withOthers(train: Interactions, likes: Profile, heldOut: Uint32Array, others: readonly OtherBook[]): Profile {
  const taken = new Set([...likes.books, ...heldOut]);
  const added = new Map<number, number>();
  for (const [id, weight] of others) {
    const book = indexOfId(train.bookIds, id);
    if (book >= 0 && !taken.has(book)) added.set(book, Math.max(weight, added.get(book) ?? weight));
  }
  const ascending = [...added].sort(([a], [b]) => a - b);
  return {
    books: Uint32Array.from([...likes.books, ...ascending.map(([book]) => book)]),
    weights: Float64Array.from([...likes.weights, ...ascending.map(([, weight]) => weight)]),
  };
}

function groupByReader(
  { readers, books, weights }: Feedback["others"],
  wanted: ReadonlySet<number>,
): Map<number, OtherBook[]> {
  const groups = new Map<number, OtherBook[]>();
  for (let row = 0; row < readers.length; row++) {
    const reader = readers[row] ?? 0;
    if (!wanted.has(reader)) continue;
    const group = groups.get(reader) ?? [];
    groups.set(reader, group);
    group.push([books[row] ?? 0, weights[row] ?? 0]);
  }
  return groups;
}

/** Some of the items, each equally likely, in the order in which they stand. */
function sample<T>(items: readonly T[], count: number, random: Random): T[] {
  const chosen: T[] = [];
  let wanted = Math.min(count, items.length);
  items.forEach((item, index) => {
    if (random() * (items.length - index) >= wanted) return;
    chosen.push(item);
    wanted--;
  });
  return chosen;
}
