import { runThread } from "./run-thread.ts";
import type { UpdateMessage, UpdateOrder } from "./update-messages.ts";

/** What keeps a model up to date. */
export interface RunningUpdates {
  /** Has it look for likes that were given or taken back. */
  look(): void;
  /** Resolves or rejects when it has ended: it fails, dies, or is told to stop. */
  readonly ended: Promise<void>;
}

/** Keeps a model up to date until the signal is aborted; see `runUpdates`. */
export type RunUpdates = (
  order: UpdateOrder,
  onMessage: (message: UpdateMessage) => void,
  signal: AbortSignal,
) => RunningUpdates;

const file = new URL("./update-thread.ts", import.meta.url);

/** Keeps a model up to date in a thread of its own and calls back with each that differs from the one before. */
export const runUpdates: RunUpdates = (order, onMessage, signal) => {
  const { post, ended } = runThread({ file, name: "updates", data: order, onMessage }, signal);
  return { look: () => post("look"), ended };
};
