import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { arbitraryLikes } from "../model/testing/arbitrary-likes.ts";
import type { TrainingStep } from "../model/training-step.ts";
import { arbitraryTraits } from "./testing/arbitrary-traits.ts";
import { trainServedModel } from "./train-served-model.ts";
import type { BookTraits, ServedModel, TrainingData } from "./training-data.ts";

const BOOKS = Array.from({ length: 18 }, (_, index) => index * 5 + 1);

function dataOf(pairs: readonly (readonly [number, number])[], books: readonly BookTraits[]): TrainingData {
  return { likes: { readers: pairs.map(([reader]) => reader), books: pairs.map(([, book]) => book) }, books };
}

function bytesOf({ bookIds, bookLikes, weights, popularity, readers, likes }: ServedModel) {
  const arrays = [bookIds, bookLikes, weights.starts, weights.targets, weights.weights, popularity];
  const bytes = arrays.map(({ buffer, byteOffset, byteLength }) => new Uint8Array(buffer, byteOffset, byteLength));
  return { bytes, readers, likes };
}

const traits = (id: number): BookTraits => ({ id, authors: [], tags: [] });

describe("the model that is served", () => {
  it("ranks every book of the catalogue and passes over likes of others", () => {
    const model = trainServedModel({
      likes: { readers: [7, 7, 8, 9], books: [3, 5, 5, 99] },
      books: [5, 1, 3].map(traits),
    });
    expect([...model.bookIds]).toEqual([1, 3, 5]);
    expect(model).toMatchObject({ readers: 2, likes: 3 });
    expect(model.popularity).toHaveLength(3);
    expect([...model.bookLikes]).toEqual([0, 1, 2]);
  });

  it("is the same to the last byte after two trainings, whatever the order of likes, books and tags", () => {
    const arbitraryData = fc
      .record({ pairs: arbitraryLikes, books: arbitraryTraits(BOOKS) })
      .chain(({ pairs, books }) =>
        fc.record({
          data: fc.constant(dataOf(pairs, books)),
          shuffled: fc
            .tuple(
              fc.shuffledSubarray(pairs, { minLength: pairs.length }),
              fc.shuffledSubarray([...books], { minLength: books.length }),
            )
            .map(([rows, shelf]) =>
              dataOf(
                rows,
                shelf.map((book) => ({ ...book, tags: book.tags.toReversed(), authors: book.authors.toReversed() })),
              ),
            ),
        }),
      );
    fc.assert(
      fc.property(arbitraryData, ({ data, shuffled }) => {
        const first = bytesOf(trainServedModel(data));
        expect(bytesOf(trainServedModel(data))).toEqual(first);
        expect(bytesOf(trainServedModel(shuffled))).toEqual(first);
      }),
      { numRuns: 40 },
    );
  });

  it("says something about a book that nobody likes yet, by its tags and author, and nothing without them", () => {
    const pairs = Array.from({ length: 60 }, (_, row) => [row % 20, 1 + (row % 3)] as const);
    const poems = (id: number): BookTraits => ({ id, authors: ["Ann"], tags: [["poems", 3]] });
    const { weights } = trainServedModel(dataOf(pairs, [poems(1), poems(2), traits(3), poems(7), traits(8)]));
    const spokenFor = new Set(weights.targets);
    expect([spokenFor.has(3), spokenFor.has(4)]).toEqual([true, false]);
  });

  it("tells of each phase from start to end, first the counting", () => {
    const steps: TrainingStep[] = [];
    const pairs = Array.from({ length: 900 }, (_, row) => [row % 300, 1 + (row % 7)] as const);
    trainServedModel(
      dataOf(
        pairs,
        Array.from({ length: 250 }, (_, index) => traits(index + 1)),
      ),
      (step) => steps.push(step),
    );
    const phases = steps.map(({ phase }) => phase);
    expect(phases).toEqual([...phases].sort());
    const progressIn = (phase: string) => steps.filter((step) => step.phase === phase).map(({ progress }) => progress);
    for (const progress of [progressIn("counting"), progressIn("solving")]) {
      expect([progress[0], progress.at(-1)]).toEqual([0, 1]);
      expect(progress).toEqual(progress.toSorted((a, b) => a - b));
      expect(progress.length).toBeLessThanOrEqual(101);
    }
  });

  it("is trained on nothing without failing", () => {
    expect(trainServedModel(dataOf([], []))).toMatchObject({ readers: 0, likes: 0 });
    expect([...trainServedModel(dataOf([], [traits(4)])).popularity]).toEqual([0]);
  });
});
