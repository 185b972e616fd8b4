import type { Registry } from "prom-client";
import type { UnreadEvents } from "../storage/unread-events.ts";
import type { PendingWrites, WriteObserver } from "../storage/write-observer.ts";
import { histogramSamples, registerFamily } from "./family.ts";
import { Histogram } from "./histogram.ts";

/** The upper ends of the ranges of times, in seconds. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10];
/** The upper ends of the ranges of how many writes share a transaction. */
const JOBS = [1, 2, 4, 8, 16, 32, 64, 128, 256];

/** Measures the writes of the store: how long they take, what of that is the transaction and what the disk, and how many share one. */
export function measureWrites(registry: Registry): WriteObserver {
  const histogram = (name: string, help: string, bounds: readonly number[]) => {
    const counted = new Histogram(bounds);
    registerFamily(registry, { name, help, type: "histogram" }, () => histogramSamples(name, bounds, {}, counted));
    return counted;
  };
  const write = histogram("store_write_seconds", "How long writes took, from when they were asked for.", SECONDS);
  const wait = histogram("store_queue_seconds", "How long writes waited for their transaction.", SECONDS);
  const transaction = histogram("store_transaction_seconds", "How long transactions took.", SECONDS);
  const sync = histogram(
    "store_sync_seconds",
    "How long the disk took for a sync, which serves all that was committed before it.",
    SECONDS,
  );
  const batch = histogram("store_batch_writes", "How many writes shared a transaction.", JOBS);
  return {
    synced: (milliseconds) => sync.observe(milliseconds / 1_000),
    stored({ queuedAt, startedAt, committedAt, syncedAt }) {
      for (const time of queuedAt) {
        write.observe((syncedAt - time) / 1_000);
        wait.observe((startedAt - time) / 1_000);
      }
      transaction.observe((committedAt - startedAt) / 1_000);
      batch.observe(queuedAt.length);
    },
  };
}

/** Shows how far this process is behind what others have stored. */
export function showUnreadEvents(registry: Registry, read: () => UnreadEvents): void {
  registerFamily(
    registry,
    {
      name: "store_replica_lag_events",
      help: "Events that others stored and this process has not read.",
      type: "gauge",
    },
    () => [{ labels: {}, value: read().count }],
  );
  registerFamily(
    registry,
    { name: "store_replica_lag_seconds", help: "For how long there have been such events.", type: "gauge" },
    () => [{ labels: {}, value: read().lagMs / 1_000 }],
  );
}

/** Shows which writes are not durable yet. */
export function showPendingWrites(registry: Registry, read: () => PendingWrites): void {
  registerFamily(
    registry,
    { name: "store_writes_pending", help: "Writes that are not durable yet.", type: "gauge" },
    () => [{ labels: {}, value: read().count }],
  );
  registerFamily(
    registry,
    { name: "store_lag_seconds", help: "How long the oldest write that is not durable yet has waited.", type: "gauge" },
    () => [{ labels: {}, value: read().lagMs / 1_000 }],
  );
}
