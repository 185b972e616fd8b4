import type { Registry } from "prom-client";

/** A value of a metric as `/metrics` shows it. */
export interface Read {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly value: number;
}

/** The values of some metrics at a moment. */
export interface Reading {
  /** In milliseconds of `performance.now`. */
  readonly at: number;
  /** By the name of the sample, such as `store_write_seconds_bucket`. */
  readonly samples: ReadonlyMap<string, readonly Read[]>;
}

/** Reads metrics by their names: what is shown of them elsewhere is what `/metrics` shows. One that is not there has no values. */
export async function readMetrics(registry: Registry, names: readonly string[]): Promise<Reading> {
  const samples = new Map<string, Read[]>();
  for (const name of names) {
    const read = await registry.getSingleMetric(name)?.get();
    for (const { labels, value, ...sample } of read?.values ?? []) {
      const of = "metricName" in sample && typeof sample.metricName === "string" ? sample.metricName : name;
      const list = samples.get(of) ?? [];
      samples.set(of, list);
      list.push({ labels: labelsOf(labels), value });
    }
  }
  return { at: performance.now(), samples };
}

/** The labels of a value, without those that are not set. */
function labelsOf(labels: Readonly<Record<string, string | number | undefined>>): Read["labels"] {
  return Object.fromEntries(
    Object.entries(labels).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
