import type { Worker } from "node:cluster";

/** A process that listens. */
export interface ListeningProcess {
  readonly place: number;
  /** What it says of where it listens. */
  readonly text: string;
  readonly worker: Worker;
  /** Resolves once it has ended. */
  readonly exited: Promise<void>;
}
