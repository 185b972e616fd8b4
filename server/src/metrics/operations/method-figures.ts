import { FAULTS, LACKS } from "../../interceptors/trouble-codes.ts";
import type { MethodFigures } from "../../services/operations/domain/server-figures.ts";
import { type Buckets, durationsOf } from "./durations.ts";
import type { Growth } from "./reading-window.ts";
import type { Read, Reading } from "./readings.ts";

/** The metrics that these figures are made of. */
export const METHOD_METRICS = [
  "rpc_calls_in_flight",
  "rpc_faults_total",
  "rpc_calls_total",
  "rpc_call_duration_seconds",
  "grpc_server_started_total",
] as const;

/**
 * The calls of each method that was called, those to look at first: by faults, then by calls that ended in trouble, then by how long calls take; and of
 * a method, the protocols in which most ended in trouble first.
 */
export function methodFigures(reading: Reading, growth: Growth): readonly MethodFigures[] {
  const grouped = (name: string) => Map.groupBy(reading.samples.get(name) ?? [], ({ labels }) => String(labels.method));
  const faults = grouped("rpc_faults_total");
  const ends = grouped("rpc_calls_total");
  const durations = grouped("rpc_call_duration_seconds_bucket");
  const streams = streamingMethods(reading);
  return [...grouped("rpc_calls_in_flight")]
    .map(([method, [inFlight]]): MethodFigures => {
      const [fault] = faults.get(method) ?? [];
      return {
        method,
        streams: streams.has(method),
        inFlight: inFlight?.value ?? 0,
        faults: fault?.value ?? 0,
        recentFaults: fault === undefined ? 0 : growth.of("rpc_faults_total", fault),
        protocols: protocolFigures(ends.get(method) ?? [], durations.get(method) ?? [], growth),
      };
    })
    .sort(worstFirst);
}

function protocolFigures(
  ends: readonly Read[],
  durations: readonly Read[],
  growth: Growth,
): MethodFigures["protocols"] {
  const figures = [...Map.groupBy(ends, ({ labels }) => String(labels.protocol))].map(([protocol, codes]) => ({
    protocol,
    codes: codes.map((read) => {
      const code = String(read.labels.code);
      return {
        code,
        isTrouble: FAULTS.has(code) || LACKS.has(code),
        count: read.value,
        recent: growth.of("rpc_calls_total", read),
      };
    }),
    recent: durationsOf(
      recentBuckets(
        "rpc_call_duration_seconds_bucket",
        durations.filter(({ labels }) => labels.protocol === protocol),
        growth,
      ),
    ),
  }));
  return figures.sort((a, b) => recentTrouble([b]) - recentTrouble([a]));
}

/** The ranges of a histogram with what has come into them recently. */
export function recentBuckets(name: string, reads: readonly Read[], growth: Growth): Buckets {
  return reads.map((read) => ({
    bound: read.labels.le === "+Inf" ? Number.POSITIVE_INFINITY : Number(read.labels.le),
    count: growth.of(name, read),
  }));
}

function streamingMethods({ samples }: Reading): ReadonlySet<string> {
  const started = samples.get("grpc_server_started_total") ?? [];
  const streaming = started.filter(({ labels }) => labels.grpc_type !== "unary");
  return new Set(streaming.map(({ labels }) => `${labels.grpc_service}/${labels.grpc_method}`));
}

function worstFirst(a: MethodFigures, b: MethodFigures): number {
  return (
    b.recentFaults - a.recentFaults ||
    recentTrouble(b.protocols) - recentTrouble(a.protocols) ||
    slowest(b) - slowest(a) ||
    a.method.localeCompare(b.method)
  );
}

function recentTrouble(protocols: MethodFigures["protocols"]): number {
  return sum(protocols.flatMap(({ codes }) => codes.filter(({ isTrouble }) => isTrouble).map(({ recent }) => recent)));
}

/** A stream lasts as long as it is wanted. */
function slowest({ streams, protocols }: MethodFigures): number {
  return streams ? 0 : Math.max(0, ...protocols.map(({ recent }) => recent.p95Seconds));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
