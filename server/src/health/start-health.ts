import { createHealth, type Health } from "@triptych/rpc/services/health/health.ts";
import type { Delay } from "../domain/delay.ts";
import { StoreFailed, StoreTrouble } from "../domain/errors.ts";
import { createProbes, type Probes } from "./probes.ts";
import { createStoreCheck, repeatCheck } from "./store-check.ts";

/** How long the store may take to answer a question about its health, in milliseconds. */
const STORE_LIMIT_MS = 1_500;
/** How long after an answer the store is asked again, in milliseconds: with the limit, what is wrong is known within two seconds. */
const STORE_PAUSE_MS = 500;

/** What the health of a server is made of. */
export interface HealthOptions {
  /** Asks the store whether it can read and write; rejects when it cannot. */
  readonly askStore: () => Promise<unknown>;
  /** Resolves after the milliseconds given; rejects once the signal is aborted. */
  readonly delay: Delay;
  /** Told once why the server is not ready, whenever the reason is another. */
  readonly onObstacle: (reason: string, error: unknown) => void;
  /** Told that the server is ready again. */
  readonly onReady: () => void;
  /** Told once that only starting the server again can help. */
  readonly onFailed: (error: StoreFailed) => void;
  /** Ends the questions to the store. */
  readonly signal: AbortSignal;
}

/** The health of a running server. */
export interface RunningHealth {
  readonly health: Health;
  readonly probes: Probes;
  /** Takes note of what has kept the store from writing, without waiting for the next question. */
  noteTrouble(trouble: StoreTrouble): void;
  /** Resolves once the signal is aborted and the store is asked no more. */
  readonly stopped: Promise<void>;
}

/** Starts to look after the health of a server: asks the store again and again. */
export function startHealth(options: HealthOptions): RunningHealth {
  const { askStore, delay, signal } = options;
  const health = createHealth();
  const note = createNote(health, options);
  const checkStore = createStoreCheck({ ask: askStore, limitMs: STORE_LIMIT_MS, delay, report: note });
  return {
    health,
    probes: createProbes(health, checkStore),
    noteTrouble: note,
    stopped: repeatCheck(checkStore, STORE_PAUSE_MS, delay, signal),
  };
}

/** Makes what turns each failure of the store, or undefined for none, into the health of the server and a line where something has changed. */
function createNote(health: Health, { onObstacle, onReady, onFailed }: HealthOptions) {
  let known: string | undefined;
  let failed = false;
  return (failure: unknown): void => {
    // What only a restart repairs has not passed because something else has gone well since.
    if (failed) return;
    failed = failure instanceof StoreFailed;
    const obstacle = obstacleOf(failure);
    health.setObstacle(obstacle);
    if (obstacle !== known) {
      known = obstacle;
      if (obstacle === undefined) onReady();
      else onObstacle(obstacle, failure);
    }
    if (failure instanceof StoreFailed) onFailed(failure);
  };
}

function obstacleOf(failure: unknown): string | undefined {
  if (failure === undefined) return undefined;
  return failure instanceof StoreTrouble ? failure.message : "the store does not answer";
}
