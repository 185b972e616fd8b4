import type { ItemWeights } from "./item-weights.ts";
import type { SumModelData } from "./sum-model-data.ts";

/**
 * The model by the indices of another catalogue; both lists of ids ascending. Of a book that it was not trained with it says nothing, and
 * what it says of books that the catalogue does not have is left out. A model of the same books comes back as it is.
 */
export function alignModel(model: SumModelData, modelIds: Int32Array, ids: Int32Array): SumModelData {
  if (ids.length === modelIds.length && ids.every((id, index) => id === modelIds[index])) return model;
  const newIndexOf = new Map(Array.from(ids, (id, index) => [id, index]));
  const indices = Int32Array.from(modelIds, (id) => newIndexOf.get(id) ?? -1);
  const popularity = new Float64Array(ids.length);
  indices.forEach((index, old) => {
    if (index >= 0) popularity[index] = model.popularity[old] ?? 0;
  });
  return { popularity, weights: alignWeights(model.weights, indices, ids.length) };
}

/** Ascending ids make ascending indices, so the order of the sources and of the targets of each stays as it was. */
function alignWeights({ starts, targets, weights }: ItemWeights, indices: Int32Array, size: number): ItemWeights {
  const aligned = {
    starts: new Uint32Array(size + 1),
    targets: new Uint32Array(targets.length),
    weights: new Float32Array(targets.length),
  };
  let length = 0;
  let next = 0;
  indices.forEach((source, old) => {
    if (source < 0) return;
    aligned.starts.fill(length, next, source + 1);
    next = source + 1;
    for (let entry = starts[old] ?? 0; entry < (starts[old + 1] ?? 0); entry++) {
      const target = indices[targets[entry] ?? 0] ?? -1;
      if (target < 0) continue;
      aligned.targets[length] = target;
      aligned.weights[length++] = weights[entry] ?? 0;
    }
  });
  aligned.starts.fill(length, next);
  return {
    starts: aligned.starts,
    targets: aligned.targets.slice(0, length),
    weights: aligned.weights.slice(0, length),
  };
}
