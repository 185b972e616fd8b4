import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { CallObserver } from "./observe-calls.ts";

/** Counts calls by method, protocol and status code, those in flight, and how long they take. */
export function measureCalls(registry: Registry): CallObserver {
  const registers = [registry];
  const handled = new Counter({
    name: "rpc_calls_total",
    help: "Calls that have ended, by method, protocol and status code.",
    labelNames: ["method", "protocol", "code"],
    registers,
  });
  const inFlight = new Gauge({
    name: "rpc_calls_in_flight",
    help: "Calls that have started and not ended, by method.",
    labelNames: ["method"],
    registers,
  });
  const duration = new Histogram({
    name: "rpc_call_duration_seconds",
    help: "How long calls took from start to end, by method.",
    labelNames: ["method"],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 60],
    registers,
  });
  return {
    started: (method) => inFlight.inc({ method }),
    ended({ method, protocol, code, milliseconds }) {
      inFlight.dec({ method });
      duration.observe({ method }, milliseconds / 1_000);
      handled.inc({ method, protocol, code });
    },
  };
}
