import type { ItemWeights } from "./item-weights.ts";

/** What speaks for one target differently than before: its sources, each once, and what is to be added to the weight of each. */
export interface WeightChange {
  readonly target: number;
  readonly sources: Uint32Array;
  readonly added: Float64Array;
}

/** Weights with changes, of targets ascending and each once; those that come to nothing are left out. The weights themselves stay as they are. */
export function changeWeights(all: ItemWeights, changes: readonly WeightChange[]): ItemWeights {
  const size = all.starts.length - 1;
  const added = changesBySource(size, changes);
  const room = all.targets.length + added.targets.length;
  const changed = {
    starts: new Uint32Array(size + 1),
    targets: new Uint32Array(room),
    weights: new Float32Array(room),
  };
  let length = 0;
  const add = (target: number, weight: number) => {
    changed.targets[length] = target;
    changed.weights[length] = weight;
    // Once it is rounded as it is kept, it may be nothing.
    if (changed.weights[length] !== 0) length++;
  };
  for (let source = 0; source < size; source++) {
    let at = all.starts[source] ?? 0;
    const end = all.starts[source + 1] ?? 0;
    for (let place = added.starts[source] ?? 0; place < (added.starts[source + 1] ?? 0); place++) {
      const target = added.targets[place] ?? 0;
      for (; at < end && (all.targets[at] ?? 0) < target; at++) add(all.targets[at] ?? 0, all.weights[at] ?? 0);
      const before = at < end && all.targets[at] === target ? (all.weights[at++] ?? 0) : 0;
      add(target, before + (added.weights[place] ?? 0));
    }
    for (; at < end; at++) add(all.targets[at] ?? 0, all.weights[at] ?? 0);
    changed.starts[source + 1] = length;
  }
  return {
    starts: changed.starts,
    targets: changed.targets.slice(0, length),
    weights: changed.weights.slice(0, length),
  };
}

function changesBySource(size: number, changes: readonly WeightChange[]) {
  const starts = new Uint32Array(size + 1);
  for (const { sources } of changes) for (const source of sources) starts[source + 1] = (starts[source + 1] ?? 0) + 1;
  for (let source = 0; source < size; source++) starts[source + 1] = (starts[source + 1] ?? 0) + (starts[source] ?? 0);
  const next = starts.slice();
  const targets = new Uint32Array(starts[size] ?? 0);
  const weights = new Float64Array(targets.length);
  for (const { target, sources, added } of changes) {
    sources.forEach((source, place) => {
      const at = next[source] ?? 0;
      next[source] = at + 1;
      targets[at] = target;
      weights[at] = added[place] ?? 0;
    });
  }
  return { starts, targets, weights };
}
