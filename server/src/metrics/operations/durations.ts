import type { Durations } from "../../services/operations/domain/server-figures.ts";

/** How many values were at most so large, for each bound of a histogram, ascending; the last bound is infinite. */
export type Buckets = readonly { readonly bound: number; readonly count: number }[];

/** The shares of a histogram. */
export function durationsOf(buckets: Buckets): Durations {
  return {
    count: buckets.at(-1)?.count ?? 0,
    p50Seconds: quantile(buckets, 0.5),
    p95Seconds: quantile(buckets, 0.95),
    p99Seconds: quantile(buckets, 0.99),
  };
}

/**
 * What a share of the values was at most, as Prometheus' `histogram_quantile` works it out: values are taken to be spread evenly within a
 * range, and what is above the last bound to be at it. 0 where there are none.
 */
export function quantile(buckets: Buckets, share: number): number {
  const rank = share * (buckets.at(-1)?.count ?? 0);
  if (rank === 0) return 0;
  const index = buckets.findIndex(({ count }) => count >= rank);
  const { bound = 0, count = 0 } = buckets[index] ?? {};
  const below = buckets[index - 1] ?? { bound: 0, count: 0 };
  if (bound === Number.POSITIVE_INFINITY) return below.bound;
  return below.bound + ((bound - below.bound) * (rank - below.count)) / (count - below.count);
}
