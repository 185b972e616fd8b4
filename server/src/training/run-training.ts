import { runThread } from "./run-thread.ts";
import type { TrainingMessage, TrainingOrder } from "./training-messages.ts";

/** Runs a training until its end; see `runTraining`. */
export type RunTraining = (
  order: TrainingOrder,
  onMessage: (message: TrainingMessage) => void,
  signal: AbortSignal,
) => Promise<void>;

const file = new URL("./training-thread.ts", import.meta.url);

/**
 * Runs a training in a thread of its own and calls back with what it tells; resolves when it has ended. Rejects when the thread fails or
 * dies, or with the signal's reason once that is aborted; when it settles the thread has ended and nothing more is told.
 */
export const runTraining: RunTraining = (order, onMessage, signal) =>
  runThread({ file, name: "training", data: order, onMessage }, signal).ended;
