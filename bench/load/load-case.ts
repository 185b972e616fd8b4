import type { RunningServer } from "../servers/server-spec.ts";

/** What a case works with. */
export interface LoadContext {
  /** The real server, in a process of its own, fresh for the case. */
  readonly server: RunningServer;
  readonly baseUrl: string;
  /** How long a soak lasts. */
  readonly minutes: number;
  /** Prints a line of what was found. */
  readonly print: (line: string) => void;
  /** The value of a metric of the server. */
  readonly metric: (name: string, labels?: Readonly<Record<string, string>>) => Promise<number>;
}

/** One thing that happens to servers. */
export interface LoadCase {
  readonly name: string;
  readonly title: string;
  /** Runs it; resolves with what did not hold, nothing when all did. */
  run(context: LoadContext): Promise<readonly string[]>;
}
