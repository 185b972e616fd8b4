import type { Delay } from "../domain/delay.ts";
import { createHealth, type Health } from "./domain/health.ts";
import { createProbes, type Probes } from "./probes.ts";
import { createStoreCheck, repeatCheck } from "./store-check.ts";

/** How long the store may take to answer a question about its health, in milliseconds. */
const STORE_LIMIT_MS = 2_000;
/** How long the end of the server waits for those who watch its health, in milliseconds. */
const TELL_WATCHERS_MS = 500;

/** What the health of a server is made of. */
export interface HealthOptions {
  /** Asks the store for something small; rejects when it cannot answer. */
  readonly askStore: () => Promise<unknown>;
  /** How often the store is asked, in milliseconds. Probes over HTTP ask it too. */
  readonly pauseMs: number;
  /** Resolves after the milliseconds given; rejects once the signal is aborted. */
  readonly delay: Delay;
  /** Told what the store failed with. */
  readonly onError: (error: unknown) => void;
  /** Ends the questions to the store. */
  readonly signal: AbortSignal;
}

/** The health of a running server. */
export interface RunningHealth {
  readonly health: Health;
  readonly probes: Probes;
  /** Says that the server takes no more calls; resolves once every watcher has been told, or they have had their time. */
  shutDown(): Promise<void>;
  /** Resolves once the signal is aborted and the store is asked no more. */
  readonly stopped: Promise<void>;
}

/** Starts to look after the health of a server: asks the store again and again. */
export function startHealth({ askStore, pauseMs, delay, onError, signal }: HealthOptions): RunningHealth {
  const health = createHealth();
  const report = health.setStoreAnswers;
  const checkStore = createStoreCheck({ ask: askStore, limitMs: STORE_LIMIT_MS, delay, report, onError });
  return {
    health,
    probes: createProbes(health, checkStore),
    async shutDown() {
      const told = new AbortController();
      // A watcher that takes nothing in must not hold up the end.
      await Promise.race([health.shutDown(), delay(TELL_WATCHERS_MS, told.signal).catch(() => undefined)]);
      told.abort();
    },
    stopped: repeatCheck(checkStore, pauseMs, delay, signal),
  };
}
