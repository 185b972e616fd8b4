import type { Registry } from "prom-client";
import { rpcStatusCode, rpcSystem } from "../interceptors/rpc-conventions.ts";
import { type CallEnds, LATENCY_BOUNDS, type MethodCounts } from "./call-counts.ts";
import { histogramSamples, registerFamily, type Sample } from "./family.ts";
import { Histogram } from "./histogram.ts";

/** What the gRPC libraries count in by default, in seconds. */
const GRPC_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10] as const;
/** What the conventions of OpenTelemetry ask for, in seconds. */
const OTEL_BOUNDS = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10] as const;

/**
 * Shows calls also under the names that the dashboards of others know: those of the gRPC libraries, of calls by whatever protocol, and
 * `rpc.server.call.duration` of OpenTelemetry's conventions, as Prometheus names it.
 */
export function registerStandardCalls(registry: Registry, methods: Iterable<MethodCounts>): void {
  const samples = (of: (counts: MethodCounts) => readonly Sample[]) => () => [...methods].flatMap(of);
  const counter = (name: string, help: string, of: (counts: MethodCounts) => number) =>
    registerFamily(
      registry,
      { name, help, type: "counter" },
      samples((counts) => [{ labels: grpcLabels(counts), value: of(counts) }]),
    );
  counter("grpc_server_started_total", "Calls that have started, by whatever protocol.", ({ started }) => started);
  counter("grpc_server_msg_received_total", "Messages of requests that were read.", ({ received }) => received);
  counter("grpc_server_msg_sent_total", "Messages of responses that were made.", ({ sent }) => sent);
  registerFamily(
    registry,
    { name: "grpc_server_handled_total", help: "Calls that have ended, by status code.", type: "counter" },
    samples((counts) =>
      [...merge(counts.ends, ({ code }) => grpcCode(code))].map(([code, { count }]) => ({
        labels: { ...grpcLabels(counts), grpc_code: code },
        value: count,
      })),
    ),
  );
  const handling = "grpc_server_handling_seconds";
  registerFamily(
    registry,
    { name: handling, help: "How long calls took from start to end.", type: "histogram" },
    samples((counts) =>
      [...merge(counts.ends, () => "")].flatMap(([, durations]) =>
        histogramSamples(handling, GRPC_BOUNDS, grpcLabels(counts), durations),
      ),
    ),
  );
  const duration = "rpc_server_call_duration_seconds";
  registerFamily(
    registry,
    {
      name: duration,
      help: "How long calls took, by the conventions of OpenTelemetry (rpc.server.call.duration).",
      type: "histogram",
    },
    samples(({ name, ends }) =>
      [...merge(ends, systemAndCode)].flatMap(([key, durations]) => {
        const [rpc_system_name = "", rpc_response_status_code = ""] = key.split(" ");
        const labels = { rpc_method: name, rpc_system_name };
        // A call of Connect that went well has no code.
        const all = rpc_response_status_code === "" ? labels : { ...labels, rpc_response_status_code };
        return histogramSamples(duration, OTEL_BOUNDS, all, durations);
      }),
    ),
  );
}

const GRPC_TYPES = {
  unary: "unary",
  server_streaming: "server_stream",
  client_streaming: "client_stream",
  bidi_streaming: "bidi_stream",
} as const;

function grpcLabels({ method }: MethodCounts) {
  const { methodKind, parent, name } = method.desc;
  return { grpc_type: GRPC_TYPES[methodKind], grpc_service: parent.typeName, grpc_method: name };
}

function grpcCode(code: string): string {
  return code === "ok" ? "OK" : code;
}

/** The system of a call and its status code, which may be empty, with a space between them. */
function systemAndCode({ protocol, code }: CallEnds): string {
  return `${rpcSystem(protocol)} ${rpcStatusCode(protocol, code) ?? ""}`;
}

function merge(ends: readonly CallEnds[], keyOf: (ends: CallEnds) => string): ReadonlyMap<string, Histogram> {
  const merged = new Map<string, Histogram>();
  for (const end of ends) {
    const key = keyOf(end);
    const all = merged.get(key) ?? new Histogram(LATENCY_BOUNDS);
    all.add(end.durations);
    merged.set(key, all);
  }
  return merged;
}
