import fc from "fast-check";
import { expect, test } from "vitest";
import { alignModel } from "./align-model.ts";
import { createInteractions } from "./interactions.ts";
import { trainItemKnn } from "./item-knn.ts";
import { weightBetween } from "./item-weights.ts";
import { arbitraryLikes } from "./testing/arbitrary-likes.ts";

const arbitraryIds = fc.uniqueArray(fc.integer({ min: 0, max: 80 })).map((ids) => Int32Array.from(ids).sort());

test("says of the books of another catalogue what it said of them, and of others nothing", () => {
  fc.assert(
    fc.property(arbitraryLikes, arbitraryIds, (pairs, ids) => {
      const { bookIds, likes } = createInteractions(pairs);
      const model = { ...trainItemKnn(createInteractions(pairs)), popularity: Float64Array.from(likes) };
      const aligned = alignModel(model, bookIds, ids);
      const oldIndex = (index: number) => bookIds.indexOf(ids[index] ?? -1);
      const said = (source: number, target: number) =>
        source < 0 || target < 0 ? 0 : weightBetween(model.weights, source, target);
      ids.forEach((_id, source) => {
        expect(aligned.popularity[source]).toBe(model.popularity[oldIndex(source)] ?? 0);
        ids.forEach((_target, target) => {
          expect(weightBetween(aligned.weights, source, target)).toBe(said(oldIndex(source), oldIndex(target)));
        });
      });
    }),
    { numRuns: 30 },
  );
});

test("comes back as it is for the books that it was trained with", () => {
  const model = trainItemKnn(
    createInteractions([
      [1, 5],
      [1, 9],
    ]),
  );
  expect(alignModel(model, Int32Array.of(5, 9), Int32Array.of(5, 9))).toBe(model);
});
