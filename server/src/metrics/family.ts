import type { Metric, Registry } from "prom-client";
import type { Exemplar, Histogram } from "./histogram.ts";

/** What a metric is called and means. */
export interface FamilyHead {
  readonly name: string;
  readonly help: string;
  readonly type: "counter" | "gauge" | "histogram";
}

/** A value of a metric. */
export interface Sample {
  readonly labels: Readonly<Record<string, string | number>>;
  /** What the sample is called where that is not the name of its family: that of a bucket, say. */
  readonly metricName?: string;
  readonly value: number;
  readonly exemplar?: Exemplar | undefined;
}

/**
 * Adds a metric whose values are read when it is asked for: what is counted in plain numbers on the way of a call becomes labels and text only
 * then. To find the labels of a metric of the library takes as long as a small call itself.
 */
export function registerFamily(registry: Registry, head: FamilyHead, read: () => readonly Sample[]): void {
  const get = async () => ({ ...head, values: read(), aggregator: "sum" });
  // All that the registry asks of a metric; the library's type has what only its own metrics do.
  registry.registerMetric({ ...head, get, reset: () => undefined } as unknown as Metric);
}

/** The samples of a histogram under a name, for some of its bounds. */
export function histogramSamples(
  name: string,
  bounds: readonly number[],
  labels: Sample["labels"],
  histogram: Histogram,
): Sample[] {
  let above = Number.NEGATIVE_INFINITY;
  const buckets = [...bounds, Number.POSITIVE_INFINITY].map((bound): Sample => {
    const { count, exemplar } = histogram.upTo(bound, above);
    above = bound;
    const le = bound === Number.POSITIVE_INFINITY ? "+Inf" : bound;
    return { labels: { ...labels, le }, metricName: `${name}_bucket`, value: count, exemplar };
  });
  return [
    ...buckets,
    { labels, metricName: `${name}_sum`, value: histogram.sum },
    { labels, metricName: `${name}_count`, value: histogram.count },
  ];
}
