/**
 * What each book says for others: source `s` says `weights[k]` for `targets[k]`, `k` from `starts[s]` to `starts[s + 1] - 1`;
 * the targets of a source ascending.
 */
export interface ItemWeights {
  readonly starts: Uint32Array;
  readonly targets: Uint32Array;
  readonly weights: Float32Array;
}

/** Collects what speaks for each target and gives it back by source, so that a score is a sum over the reader's books. */
export interface WeightsBuilder {
  /** Sets what speaks for one target, once: as many weights as there are sources. Those that say too little or are no numbers are left out. */
  set(target: number, from: Uint32Array, weights: Float64Array): void;
  build(): ItemWeights;
}

/** Makes a builder for a number of books and of sources for each at most, which leaves out weights smaller than the least either way. */
export function createWeightsBuilder(bookCount: number, perTarget: number, leastWeight = 0): WeightsBuilder {
  const sources = new Uint32Array(bookCount * perTarget);
  const values = new Float32Array(bookCount * perTarget);
  const lengths = new Uint32Array(bookCount);
  return {
    set(target, from, weights) {
      let end = target * perTarget;
      for (let index = 0; index < from.length; index++) {
        const weight = weights[index] ?? 0;
        if (Math.abs(weight) < leastWeight || !Number.isFinite(weight)) continue;
        sources[end] = from[index] ?? 0;
        values[end++] = weight;
      }
      lengths[target] = end - target * perTarget;
    },
    build() {
      const starts = new Uint32Array(bookCount + 1);
      forEachEntry((source) => {
        starts[source + 1] = (starts[source + 1] ?? 0) + 1;
      });
      for (let source = 0; source < bookCount; source++) {
        starts[source + 1] = (starts[source + 1] ?? 0) + (starts[source] ?? 0);
      }
      const next = starts.slice();
      const targets = new Uint32Array(starts[bookCount] ?? 0);
      const weights = new Float32Array(targets.length);
      forEachEntry((source, target, weight) => {
        const place = next[source] ?? 0;
        next[source] = place + 1;
        targets[place] = target;
        weights[place] = weight;
      });
      return { starts, targets, weights };
    },
  };

  function forEachEntry(visit: (source: number, target: number, weight: number) => void): void {
    for (let target = 0; target < bookCount; target++) {
      const start = target * perTarget;
      for (let entry = start; entry < start + (lengths[target] ?? 0); entry++) {
        visit(sources[entry] ?? 0, target, values[entry] ?? 0);
      }
    }
  }
}
