import { expect, it } from "vitest";
import { comparisonTable } from "./comparison-table.ts";
import { evaluateHeldOut } from "./evaluate-held-out.ts";

/** Two circles of readers, each of whom likes three of its circle's four books in turn; the fourth is held out. */
const likes = Array.from({ length: 80 }, (_, reader) => {
  const circle = (reader % 2) * 10;
  return [0, 1, 2, 3].map((book) => ({ reader, book: circle + book, heldOut: book === (reader >> 1) % 4 }));
}).flat();
const pairs = (heldOut: boolean) =>
  likes.filter((like) => like.heldOut === heldOut).map(({ reader, book }) => [reader, book] as const);

const options = { length: 1, seed: 1, now: () => 0 };

function results(train = pairs(false), test = pairs(true)) {
  return new Map(evaluateHeldOut(train, test, options).map((result) => [result.model, result]));
}

it("the models that learn find the held-out book of each circle, and the others do not", () => {
  const found = results();
  expect(found.get("local ridge")?.evaluation.recall.mean).toBe(1);
  expect(found.get("item kNN")?.evaluation.ndcg).toEqual({ mean: 1, standardError: 0 });
  expect(found.get("most popular")?.evaluation.hitRate.mean).toBeLessThan(0.8);
  expect(found.get("random")?.evaluation.hitRate.mean).toBeLessThan(0.5);
  expect(found.get("local ridge")?.evaluation.coverage).toBe(1);
});

it("the difference to the nearest neighbours is paired", () => {
  const found = results();
  expect(found.get("item kNN")?.ndcgAgainstKnn).toEqual({ mean: 0, standardError: 0 });
  expect(found.get("local ridge")?.ndcgAgainstKnn).toEqual({ mean: 0, standardError: 0 });
  const random = found.get("random");
  expect(random?.ndcgAgainstKnn.mean).toBeCloseTo((random?.evaluation.ndcg.mean ?? 0) - 1, 12);
});

it("the same pairs give the same figures, as rows, as columns and in another order", () => {
  const columns = (rows: readonly (readonly [number, number])[]) => ({
    readers: Int32Array.from(rows, ([reader]) => reader),
    books: Int32Array.from(rows, ([, book]) => book),
  });
  const first = evaluateHeldOut(pairs(false), pairs(true), options);
  expect(evaluateHeldOut(pairs(false).toReversed(), pairs(true).toReversed(), options)).toEqual(first);
  expect(evaluateHeldOut(columns(pairs(false)), columns(pairs(true)), options)).toEqual(first);
});

it("a reader of whom nothing is known is tested too, and a book that nobody likes is missed", () => {
  const known = results(pairs(false), [...pairs(true), [500, 999]]).get("local ridge");
  expect(known?.evaluation.recall.mean).toBeCloseTo(80 / 81, 12);
});

it("a pair that is in the training too is no test", () => {
  expect(results(pairs(false), [...pairs(true), ...pairs(false)])).toEqual(results());
});

it("the table has a line for each model", () => {
  const lines = comparisonTable(evaluateHeldOut(pairs(false), pairs(true), options), 1).split("\n");
  expect(lines).toHaveLength(7);
  expect(new Set(lines.slice(0, 6).map((line) => line.length)).size).toBe(1);
  expect(lines[0]).toMatch(
    /^\| model +\| NDCG@1 +\| Recall@1 +\| HR@1 +\| coverage \| NDCG against kNN +\| train s \| score/,
  );
  expect(lines[5]).toMatch(/^\| local ridge +\| 1\.0000 ± 0\.0000 \|/);
});
