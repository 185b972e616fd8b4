/** What speaks for one book: the sources ascending, and what each says. */
export interface Incoming {
  readonly sources: Uint32Array;
  readonly weights: Float64Array;
}

/** Adds up what sources say for one book after another. */
export interface WeightCollector {
  /** Adds what a source says to what it said before. */
  add(source: number, weight: number): void;
  /** Adds all of it, times a factor. */
  addAll(incoming: Incoming, factor: number): void;
  /** Keeps the sources that say most either way, of equal ones those of lower index, and forgets the others. */
  keepStrongest(count: number): void;
  /** All that was added; it is empty after that. */
  take(): Incoming;
}

/** Makes an empty collector for this many sources. The sums depend on the order in which they are added up. */
export function createWeightCollector(size: number): WeightCollector {
  const sums = new Float64Array(size);
  const isTouched = new Uint8Array(size);
  let touched: number[] = [];

  function add(source: number, weight: number): void {
    if (isTouched[source] === 0) {
      isTouched[source] = 1;
      touched.push(source);
    }
    sums[source] = (sums[source] ?? 0) + weight;
  }

  function forget(sources: readonly number[]): void {
    for (const source of sources) sums[source] = isTouched[source] = 0;
  }

  return {
    add,
    addAll({ sources, weights }, factor) {
      for (let index = 0; index < sources.length; index++) add(sources[index] ?? 0, factor * (weights[index] ?? 0));
    },
    keepStrongest(count) {
      touched.sort((a, b) => Math.abs(sums[b] ?? 0) - Math.abs(sums[a] ?? 0) || a - b);
      forget(touched.splice(count));
    },
    take() {
      const sources = Uint32Array.from(touched).sort();
      const weights = Float64Array.from(sources, (source) => sums[source] ?? 0);
      forget(touched);
      touched = [];
      return { sources, weights };
    },
  };
}
