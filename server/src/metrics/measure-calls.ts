import type { Registry } from "prom-client";
import type { CallObserver } from "../interceptors/observe-calls.ts";
import { createCallCounts, LATENCY_BOUNDS, type MethodCounts } from "./call-counts.ts";
import { histogramSamples, registerFamily, type Sample } from "./family.ts";
import { Histogram } from "./histogram.ts";
import { registerStandardCalls } from "./standard-calls.ts";

/** The upper ends of the ranges of `rpc_call_duration_seconds`, in seconds. */
const BOUNDS = [
  0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60,
] as const;

/** Counts calls by method, protocol and status code, those that failed by a fault of the server, those in flight, their messages, and how long they take. */
export function measureCalls(registry: Registry): CallObserver {
  const { methods, observer } = createCallCounts();
  const samples = (of: (counts: MethodCounts) => readonly Sample[]) => () => [...methods].flatMap(of);
  registerFamily(
    registry,
    {
      name: "rpc_calls_total",
      help: "Calls that have ended, by method, protocol and status code.",
      type: "counter",
    },
    samples(({ name: method, ends }) =>
      ends.map(({ protocol, code, durations }) => ({ labels: { method, protocol, code }, value: durations.count })),
    ),
  );
  registerFamily(
    registry,
    {
      name: "rpc_faults_total",
      help: "Calls that have failed by a fault of the server, by method: what clients do wrong is none, whatever its status code.",
      type: "counter",
    },
    samples(({ name: method, faults }) => [{ labels: { method }, value: faults }]),
  );
  registerFamily(
    registry,
    { name: "rpc_calls_in_flight", help: "Calls that have started and not ended, by method.", type: "gauge" },
    samples(({ name: method, inFlight }) => [{ labels: { method }, value: inFlight }]),
  );
  const duration = "rpc_call_duration_seconds";
  registerFamily(
    registry,
    {
      name: duration,
      help: "How long calls took from start to end, by method and protocol; streams for as long as they last.",
      type: "histogram",
    },
    samples((counts) =>
      [...byProtocol(counts)].flatMap(([protocol, durations]) =>
        histogramSamples(duration, BOUNDS, { method: counts.name, protocol }, durations),
      ),
    ),
  );
  registerStandardCalls(registry, methods);
  return observer;
}

function byProtocol({ ends }: MethodCounts): ReadonlyMap<string, Histogram> {
  const merged = new Map<string, Histogram>();
  for (const { protocol, durations } of ends) {
    const all = merged.get(protocol) ?? new Histogram(LATENCY_BOUNDS);
    all.add(durations);
    merged.set(protocol, all);
  }
  return merged;
}
