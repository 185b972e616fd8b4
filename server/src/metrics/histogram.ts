/** One observation of a range, with the trace that it belongs to. */
export interface Exemplar {
  readonly traceId: string;
  readonly value: number;
  /** When it was made, in milliseconds of `Date.now`. */
  readonly time: number;
}

/** Counts values in ranges, in plain numbers: an observation costs a few comparisons and makes no garbage. */
export class Histogram {
  /** The upper ends of the ranges, ascending; one more range has all above the last. */
  readonly bounds: readonly number[];
  sum = 0;
  count = 0;
  private readonly counts: Float64Array;
  private exemplars: (Exemplar | undefined)[] | undefined = undefined;

  constructor(bounds: readonly number[]) {
    this.bounds = bounds;
    this.counts = new Float64Array(bounds.length + 1);
  }

  /** Counts a value; with a trace, it becomes the exemplar of its range. */
  observe(value: number, traceId?: string): void {
    const { bounds, counts } = this;
    let index = 0;
    while (index < bounds.length && value > (bounds[index] ?? 0)) index += 1;
    counts[index] = (counts[index] ?? 0) + 1;
    this.sum += value;
    this.count += 1;
    if (traceId === undefined) return;
    this.exemplars ??= [];
    this.exemplars[index] = { traceId, value, time: Date.now() };
  }

  /** Adds what another one with the same bounds has counted; its exemplars come in the place of older ones. */
  add(other: Histogram): void {
    this.sum += other.sum;
    this.count += other.count;
    for (let index = 0; index < this.counts.length; index++) {
      this.counts[index] = (this.counts[index] ?? 0) + (other.counts[index] ?? 0);
      const exemplar = other.exemplars?.[index];
      if (exemplar === undefined || exemplar.time < (this.exemplars?.[index]?.time ?? 0)) continue;
      this.exemplars ??= [];
      this.exemplars[index] = exemplar;
    }
  }

  /** How many values were at most as large as a bound, which has to be one of `bounds` or infinite, and the newest exemplar above the bound before. */
  upTo(bound: number, above = Number.NEGATIVE_INFINITY): { count: number; exemplar: Exemplar | undefined } {
    let count = 0;
    let exemplar: Exemplar | undefined;
    for (let index = 0; index < this.counts.length; index++) {
      const upper = this.bounds[index] ?? Number.POSITIVE_INFINITY;
      if (upper > bound) break;
      count += this.counts[index] ?? 0;
      const own = this.exemplars?.[index];
      if (own !== undefined && upper > above && own.time >= (exemplar?.time ?? 0)) exemplar = own;
    }
    return { count, exemplar };
  }
}
