import type { Call } from "../call.ts";
import type { RunningServer } from "../servers/server-spec.ts";

/** How many connections, and how many calls at a time on each. */
export interface Concurrency {
  readonly connections: number;
  readonly callsEach: number;
}

/** What a load has seen. */
export interface LoadResult {
  /** Calls that were answered, a second. */
  readonly callsPerSecond: number;
  /** All that were answered, also in what does not count for the rate. */
  readonly calls: number;
}

/**
 * Puts a server under a load of one call, over and over. An answer has at least `answerBytes`; rejects when one has fewer, which is how
 * calls that failed show.
 */
export type Load = (
  server: RunningServer,
  call: Call,
  concurrency: Concurrency,
  seconds: number,
  answerBytes: number,
) => Promise<LoadResult>;
