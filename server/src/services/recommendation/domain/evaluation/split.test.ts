import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { booksOf, createInteractions } from "../model/interactions.ts";
import { createRandom } from "../model/random.ts";
import { arbitraryLikes } from "../model/testing/arbitrary-likes.ts";
import type { Feedback } from "./feedback.ts";
import { HOLD_OUT_A_FIFTH, LEAVE_ONE_OUT, splitFeedback } from "./split.ts";
import type { Split } from "./test-case.ts";

type Pairs = readonly (readonly [reader: number, book: number])[];

function feedbackOf(
  likes: Pairs,
  others: readonly (readonly [reader: number, book: number, weight: number])[] = [],
): Feedback {
  return {
    likes: { readers: likes.map(([reader]) => reader), books: likes.map(([, book]) => book) },
    others: {
      readers: others.map(([reader]) => reader),
      books: others.map(([, book]) => book),
      weights: others.map(([, , weight]) => weight),
    },
  };
}

function idsOf({ train }: Split, books: Iterable<number>): number[] {
  return Array.from(books, (book) => train.bookIds[book] ?? -1);
}

const options = () => ({ ...HOLD_OUT_A_FIFTH, maxCases: 1_000, random: createRandom(3) });

describe("a split", () => {
  it("keeps each like either in the training or held out, and tests each reader with five or more", () => {
    fc.assert(
      fc.property(arbitraryLikes, (pairs) => {
        const all = createInteractions(pairs);
        const { train, cases } = splitFeedback(feedbackOf(pairs), options());
        const counts = Array.from(all.readerIds, (_, row) => booksOf(all, row).length).filter((count) => count >= 5);
        expect(cases).toHaveLength(counts.length);
        const heldOut = counts.reduce((sum, count) => sum + Math.max(1, Math.round(count / 5)), 0);
        expect(train.books.length + heldOut).toBe(all.books.length);
        for (const testCase of cases) {
          expect(testCase.profile.books.filter((book) => testCase.heldOut.includes(book))).toHaveLength(0);
        }
      }),
    );
  });

  it("is the same for the same seed, whatever the order of the rows, and another for another", () => {
    const pairs: Pairs = Array.from({ length: 200 }, (_, row) => [row % 10, Math.floor(row / 10)] as const);
    const first = splitFeedback(feedbackOf(pairs), options());
    expect(splitFeedback(feedbackOf(pairs.toReversed()), options())).toEqual(first);
    expect(splitFeedback(feedbackOf(pairs), { ...options(), random: createRandom(4) })).not.toEqual(first);
  });

  it("leaves one out, or a fifth", () => {
    const pairs: Pairs = Array.from({ length: 48 }, (_, row) => [row % 4, Math.floor(row / 4)] as const);
    const heldOut = (kind: typeof LEAVE_ONE_OUT | typeof HOLD_OUT_A_FIFTH) =>
      splitFeedback(feedbackOf(pairs), { ...options(), ...kind }).cases.map((testCase) => testCase.heldOut.length);
    expect(heldOut(LEAVE_ONE_OUT)).toEqual([1, 1, 1, 1]);
    expect(heldOut(HOLD_OUT_A_FIFTH)).toEqual([2, 2, 2, 2]);
  });

  it("tests no more readers than it is asked to", () => {
    const pairs: Pairs = Array.from({ length: 48 }, (_, row) => [row % 4, Math.floor(row / 4)] as const);
    expect(splitFeedback(feedbackOf(pairs), { ...options(), maxCases: 3 }).cases).toHaveLength(3);
  });

  it("adds to the profile of a reader what the reader likes less, and nothing that is liked or held out", () => {
    const likes: Pairs = [1, 2, 3, 4, 5].flatMap((book) => [
      [1, book] as const,
      [2, book] as const,
      [3, book] as const,
    ]);
    const others = [
      ...[1, 2, 3, 4, 5].map((book) => [1, book, 0.5] as const),
      [1, 80, 0.5] as const,
      [1, 90, 0] as const,
      [1, 999, 0.5] as const,
      [3, 80, 0.5] as const,
    ];
    const split = splitFeedback(feedbackOf([...likes, [9, 80], [9, 90]], others), { ...options(), ...LEAVE_ONE_OUT });
    const first = split.cases[0];
    expect(idsOf(split, first?.profile.books.slice(4) ?? [])).toEqual([80, 90]);
    expect([...(first?.profile.weights ?? [])]).toEqual([1, 1, 1, 1, 0.5, 0]);
    expect(split.cases.map(({ profile }) => profile.books.length)).toEqual([6, 4, 5]);
  });
});
