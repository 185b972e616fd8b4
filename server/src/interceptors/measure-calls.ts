import { Counter, Gauge, Histogram, type Metric, type Registry } from "prom-client";
import type { CallObserver, EndedCall } from "./observe-calls.ts";

/** The upper ends of the ranges in which durations are counted, in seconds. */
const BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60] as const;

/** What is counted of the calls of one method. */
class MethodCounts {
  inFlight = 0;
  seconds = 0;
  ended = 0;
  readonly durations = new Array<number>(BUCKETS.length).fill(0);
  /** How many calls have ended, by protocol and status code. */
  readonly byEnd = new Map<string, { readonly protocol: string; readonly code: string; count: number }>();

  add({ protocol, code, milliseconds }: EndedCall): void {
    const seconds = milliseconds / 1_000;
    this.inFlight -= 1;
    this.seconds += seconds;
    this.ended += 1;
    const bucket = BUCKETS.findIndex((upper) => seconds <= upper);
    if (bucket >= 0) this.durations[bucket] = (this.durations[bucket] ?? 0) + 1;
    const key = `${protocol} ${code}`;
    const known = this.byEnd.get(key);
    if (known === undefined) this.byEnd.set(key, { protocol, code, count: 1 });
    else known.count += 1;
  }
}

/**
 * Counts calls by method, protocol and status code, those in flight, and how long they take. Counted in plain numbers, which become metrics
 * when the metrics are read: to find the labels of four metrics for each call took as long as a small call itself.
 */
export function measureCalls(registry: Registry): CallObserver {
  const methods = new Map<string, MethodCounts>();
  const countsOf = (method: string): MethodCounts => {
    const known = methods.get(method) ?? new MethodCounts();
    methods.set(method, known);
    return known;
  };
  registerCounts(registry, methods);
  return {
    started: (method) => {
      countsOf(method).inFlight += 1;
    },
    ended: (call) => countsOf(call.method).add(call),
  };
}

function registerCounts(registry: Registry, methods: ReadonlyMap<string, MethodCounts>): void {
  const registers = [registry];
  new Counter({
    name: "rpc_calls_total",
    help: "Calls that have ended, by method, protocol and status code.",
    labelNames: ["method", "protocol", "code"],
    registers,
    collect() {
      this.reset();
      for (const [method, { byEnd }] of methods) {
        for (const { protocol, code, count } of byEnd.values()) this.inc({ method, protocol, code }, count);
      }
    },
  });
  new Gauge({
    name: "rpc_calls_in_flight",
    help: "Calls that have started and not ended, by method.",
    labelNames: ["method"],
    registers,
    collect() {
      for (const [method, { inFlight }] of methods) this.set({ method }, inFlight);
    },
  });
  const durations = new Histogram({
    name: "rpc_call_duration_seconds",
    help: "How long calls took from start to end, by method.",
    labelNames: ["method"],
    buckets: [...BUCKETS],
    registers: [],
  });
  registry.registerMetric(
    withValues(durations, () => [...methods].flatMap(([method, counts]) => valuesOf(method, counts))),
  );
}

type Value = {
  readonly labels: Readonly<Record<string, string | number>>;
  readonly metricName: string;
  readonly value: number;
};

function valuesOf(method: string, { durations, seconds, ended }: MethodCounts): Value[] {
  const name = "rpc_call_duration_seconds";
  let below = 0;
  const buckets = BUCKETS.map((le, index): Value => {
    below += durations[index] ?? 0;
    return { labels: { le, method }, metricName: `${name}_bucket`, value: below };
  });
  return [
    ...buckets,
    { labels: { le: "+Inf", method }, metricName: `${name}_bucket`, value: ended },
    { labels: { method }, metricName: `${name}_sum`, value: seconds },
    { labels: { method }, metricName: `${name}_count`, value: ended },
  ];
}

/** The same metric with values of one's own: a histogram of the library takes them only one by one. */
function withValues(histogram: Histogram, read: () => Value[]): Metric {
  const get = async () => ({ ...(await Histogram.prototype.get.call(histogram)), values: read() });
  // The library's type of the values knows fewer labels than it writes.
  return Object.assign(histogram, { get }) as unknown as Metric;
}
