import { Worker } from "node:worker_threads";
import type { TrainingMessage, TrainingOrder } from "./training-messages.ts";

/** Runs a training until its end; see `runTraining`. */
export type RunTraining = (
  order: TrainingOrder,
  onMessage: (message: TrainingMessage) => void,
  signal: AbortSignal,
) => Promise<void>;

/**
 * How much memory the objects of a training may take, in megabytes; what is large in it is in arrays outside of that. Without a limit of its own
 * a thread that runs out of memory takes the process with it.
 */
const HEAP_MB = 1_024;

const thread = new URL("./training-thread.ts", import.meta.url);

/**
 * Runs a training in a thread of its own and calls back with what it tells; resolves when it has ended. Rejects when the thread fails or
 * dies, or with the signal's reason once that is aborted; when it settles the thread has ended and nothing more is told.
 */
export const runTraining: RunTraining = (order, onMessage, signal) =>
  new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    // No options of the process: those that its tests or its debugger start it with are not meant for this thread.
    const worker = new Worker(thread, {
      name: "training",
      workerData: order,
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 4 },
    });
    let failure: unknown;
    const onAbort = () => void worker.terminate();
    signal.addEventListener("abort", onAbort, { once: true });
    worker.on("message", (message: TrainingMessage) => {
      if (!signal.aborted) onMessage(message);
    });
    worker.on("error", (error) => {
      failure = error;
    });
    worker.on("exit", (status) => {
      signal.removeEventListener("abort", onAbort);
      if (signal.aborted) reject(signal.reason);
      else if (failure !== undefined) reject(failure);
      else if (status !== 0) reject(new Error(`the thread of the training ended with status ${status}`));
      else resolve();
    });
  });
