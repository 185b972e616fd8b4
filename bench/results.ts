import type { Target } from "./row.ts";
import { type Summary, summarize } from "./statistics.ts";

/** What a subject did, over all rounds. */
export interface SubjectResult extends Summary {
  readonly name: string;
  /** One figure for each round, or for each turn of it. */
  readonly samples: readonly number[];
  /** The share of the time that its server was on a processor, 0 to 1 for each core. */
  readonly busy?: number;
  /** For figures that are rates: the processor time of the server for each, in microseconds. Others on the machine change it little. */
  readonly microsEach?: number;
}

/** What became of a target. */
export interface TargetResult extends Omit<Target, "per">, Summary {
  /** The subject that was divided by. */
  readonly per?: string;
  readonly met: boolean;
}

/** What became of a row. */
export interface RowResult {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  /** What its subjects did; the key is that of the JSON that runs are kept as. */
  readonly contenders: readonly SubjectResult[];
  /** Who could not be measured, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** The targets whose subjects were measured. */
  readonly targets: readonly TargetResult[];
}

/** A row that could not be measured. */
export interface RowFailure {
  readonly name: string;
  readonly message: string;
}

/**
 * Judges the targets of a row; those about a subject that was not measured are left out. A ratio is the median of those within
 * each round or turn, so that what changes from one to the next meets both.
 */
export function judge(targets: readonly Target[], results: readonly SubjectResult[]): TargetResult[] {
  return targets.flatMap(({ per: names, ...target }) => {
    const of = results.find(({ name }) => name === target.of);
    const per = highest(results.filter(({ name }) => names === name || (Array.isArray(names) && names.includes(name))));
    if (of === undefined || (names !== undefined && per === undefined)) return [];
    const { median, min, max } = per === undefined ? of : ratio(of, per);
    const met = target.bound === "≥" ? median >= target.value : median <= target.value;
    return [{ ...target, ...(per !== undefined && { per: per.name }), median, min, max, met }];
  });
}

function highest(results: readonly SubjectResult[]): SubjectResult | undefined {
  return results.toSorted((a, b) => b.median - a.median)[0];
}

function ratio(of: SubjectResult, per: SubjectResult): Summary {
  return summarize(of.samples.map((value, round) => value / (per.samples[round] ?? Number.NaN)));
}
