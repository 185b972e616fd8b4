import type { WatchOperationsResponse } from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { appendBounded } from "../../hooks/append-bounded.ts";

/** How a server was at a moment, as far as it is drawn. */
export interface OperationsSample {
  /** In seconds since the server started. */
  readonly at: number;
  /** Calls that ended a second, since the sample before; undefined for the first. */
  readonly callRate: number | undefined;
  /** Of these the ones that the server is to blame for. */
  readonly troubleRate: number | undefined;
  /** How long the longest turn of the event loop took, in milliseconds. */
  readonly eventLoopMs: number;
  /** Memory, in megabytes. */
  readonly memoryMb: number;
}

/** What is known of the operations of a server: the figures now, and how some of them went. */
export interface OperationsHistory {
  readonly latest: WatchOperationsResponse | undefined;
  /** The oldest first: those of about five minutes. */
  readonly samples: readonly OperationsSample[];
}

/** Nothing is known yet. */
export const noOperations: OperationsHistory = { latest: undefined, samples: [] };

const MAX_SAMPLES = 150;

/** The history with further messages. With that of a server that has started since, it begins again. */
export function followOperations(
  history: OperationsHistory,
  messages: readonly WatchOperationsResponse[],
): OperationsHistory {
  return messages.reduce(follow, history);
}

function follow({ latest, samples }: OperationsHistory, message: WatchOperationsResponse): OperationsHistory {
  const before = latest !== undefined && latest.uptimeSeconds < message.uptimeSeconds ? latest : undefined;
  const kept = before === undefined ? [] : samples;
  return { latest: message, samples: appendBounded(kept, [sampleOf(message, before)], MAX_SAMPLES) };
}

function sampleOf(message: WatchOperationsResponse, before: WatchOperationsResponse | undefined): OperationsSample {
  const rate = (countOf: (figures: WatchOperationsResponse) => number) =>
    before && Math.max(0, countOf(message) - countOf(before)) / (message.uptimeSeconds - before.uptimeSeconds);
  return {
    at: message.uptimeSeconds,
    callRate: rate(endedCalls),
    troubleRate: rate(troubledCalls),
    eventLoopMs: (message.process?.eventLoopMaxSeconds ?? 0) * 1_000,
    memoryMb: Number(message.process?.residentBytes ?? 0n) / 1e6,
  };
}

function endedCalls(figures: WatchOperationsResponse): number {
  return codesOf(figures).reduce((sum, { count }) => sum + Number(count), 0);
}

function troubledCalls(figures: WatchOperationsResponse): number {
  return codesOf(figures).reduce((sum, { count, isTrouble }) => sum + (isTrouble ? Number(count) : 0), 0);
}

function codesOf({ methods }: WatchOperationsResponse) {
  return methods.flatMap(({ protocols }) => protocols.flatMap(({ codes }) => codes));
}
