import { Worker } from "node:worker_threads";

/** A thread that runs. */
export interface RunningThread {
  /** Sends it a message; nothing once it has ended. */
  post(message: unknown): void;
  /** Resolves when it has ended. Rejects when it fails or dies, or with the signal's reason once that is aborted. */
  readonly ended: Promise<void>;
}

/** What to run. */
export interface ThreadOptions<T> {
  readonly file: URL;
  readonly name: string;
  readonly data: unknown;
  readonly onMessage: (message: T) => void;
}

/**
 * How much memory the objects of a thread may take, in megabytes; what is large in it is in arrays outside of that. Without a limit of its own
 * a thread that runs out of memory takes the process with it.
 */
const HEAP_MB = 1_024;

/** Runs a file in a thread of its own, which ends at once when the signal is aborted; once `ended` settles, it has ended and no message comes any more. */
export function runThread<T>({ file, name, data, onMessage }: ThreadOptions<T>, signal: AbortSignal): RunningThread {
  if (signal.aborted) return { post: () => {}, ended: Promise.reject(signal.reason) };
  // No options of the process: those that its tests or its debugger start it with are not meant for this thread.
  const worker = new Worker(file, {
    name,
    workerData: data,
    execArgv: [],
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB, maxYoungGenerationSizeMb: 4 },
  });
  const { promise: ended, resolve, reject } = Promise.withResolvers<void>();
  let failure: unknown;
  const onAbort = () => void worker.terminate();
  signal.addEventListener("abort", onAbort, { once: true });
  worker.on("message", (message: T) => {
    if (!signal.aborted) onMessage(message);
  });
  worker.on("error", (error) => {
    failure = error;
  });
  worker.on("exit", (status) => {
    signal.removeEventListener("abort", onAbort);
    if (signal.aborted) reject(signal.reason);
    else if (failure !== undefined) reject(failure);
    else if (status !== 0) reject(new Error(`the thread of the ${name} ended with status ${status}`));
    else resolve();
  });
  return { post: (message) => worker.postMessage(message), ended };
}
