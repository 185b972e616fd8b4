import type { Target } from "./row.ts";
import { type Summary, summarize } from "./statistics.ts";

/** What a contender did, over all rounds. */
export interface ContenderResult extends Summary {
  readonly name: string;
  /** One figure for each round. */
  readonly samples: readonly number[];
  /** The share of the time that its server was on a processor, 0 to 1 for each core. */
  readonly busy?: number;
  /** For figures that are rates: the processor time of the server for each, in microseconds. Others on the machine change it little. */
  readonly microsEach?: number;
}

/** What became of a target. */
export interface TargetResult extends Target, Summary {
  readonly met: boolean;
}

/** What became of a row. */
export interface RowResult {
  readonly name: string;
  readonly title: string;
  readonly unit: string;
  readonly contenders: readonly ContenderResult[];
  /** Who could not be measured, and why. */
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** The targets whose contenders were measured. */
  readonly targets: readonly TargetResult[];
}

/** A row that could not be measured. */
export interface RowFailure {
  readonly name: string;
  readonly message: string;
}

/**
 * Judges the targets of a row; those about a contender that was not measured are left out. A ratio is that of the medians; its bounds
 * are those of the ratios within each round.
 */
export function judge(targets: readonly Target[], results: readonly ContenderResult[]): TargetResult[] {
  return targets.flatMap((target) => {
    const of = results.find(({ name }) => name === target.of);
    const per = results.find(({ name }) => name === target.per);
    if (of === undefined || (target.per !== undefined && per === undefined)) return [];
    const summary = per === undefined ? of : ratio(of, per);
    const { median, min, max } = summary;
    const met = target.bound === "≥" ? median >= target.value : median <= target.value;
    return [{ ...target, median, min, max, met }];
  });
}

function ratio(of: ContenderResult, per: ContenderResult): Summary {
  const { min, max } = summarize(of.samples.map((value, round) => value / (per.samples[round] ?? Number.NaN)));
  return { median: of.median / per.median, min, max };
}
