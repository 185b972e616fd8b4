import fc from "fast-check";
import { expect, it } from "vitest";
import { alignModel } from "./align-model.ts";
import { createInteractions } from "./interactions.ts";
import { trainItemKnn } from "./item-knn.ts";
import type { SumModelData } from "./sum-model-data.ts";
import { arbitraryLikes } from "./testing/arbitrary-likes.ts";

const arbitraryIds = fc.uniqueArray(fc.integer({ min: 0, max: 80 })).map((ids) => Int32Array.from(ids).sort());

/** All that a model says, by the ids of the books. */
function sayings({ weights: { starts, targets, weights } }: SumModelData, ids: Int32Array) {
  return Array.from(ids, (source, index) =>
    Array.from(targets.subarray(starts[index], starts[index + 1]), (target, entry) => {
      return [source, ids[target] ?? -1, weights[(starts[index] ?? 0) + entry] ?? 0] as const;
    }),
  ).flat();
}

it("says of the books of another catalogue what it said of them, and of others nothing", () => {
  fc.assert(
    fc.property(arbitraryLikes, arbitraryIds, (pairs, ids) => {
      const { bookIds, likes } = createInteractions(pairs);
      const model = { ...trainItemKnn(createInteractions(pairs)), popularity: Float64Array.from(likes, Number) };
      const aligned = alignModel(model, bookIds, ids);
      const known = new Set(ids);
      expect(sayings(aligned, ids)).toEqual(
        sayings(model, bookIds).filter(([source, target]) => known.has(source) && known.has(target)),
      );
      expect([...aligned.popularity]).toEqual(Array.from(ids, (id) => model.popularity[bookIds.indexOf(id)] ?? 0));
    }),
  );
});

it("comes back as it is for the books that it was trained with", () => {
  const model = trainItemKnn(
    createInteractions([
      [1, 5],
      [1, 9],
    ]),
  );
  expect(alignModel(model, Int32Array.of(5, 9), Int32Array.of(5, 9))).toBe(model);
});
