import type { Harness } from "./harness.ts";
import type { Purpose, RunningServer, ServerSpec } from "./servers/server-spec.ts";

/** One comparison: the same work done by several, side by side. */
export interface Row {
  /** Its name on the command line. */
  readonly name: string;
  /** What is measured, for people. */
  readonly title: string;
  /** What the figures are, such as `calls/s`. */
  readonly unit: string;
  /** Whether each sample starts from scratch, so that nothing can be warmed up. */
  readonly startsAnew?: boolean;
  /**
   * Whether each round has servers of its own, measured in turn for a moment at a time: for what is less than the difference between two processes with the same code, of up to a
   * sixth by what became of their code and where their memory is, or between one second of the machine and the next.
   */
  readonly freshEachRound?: boolean;
  /** Everyone who is measured, ours first. */
  readonly subjects: readonly Subject[];
  readonly targets: readonly Target[];
}

/** One of those whom a row compares. */
export interface Subject {
  readonly name: string;
  /** The server whose processor time the report shows and `--profile` looks into; absent where there is no single one. */
  readonly server?: ServerSpec;
  /** Says why it cannot be measured on this machine; undefined when it can. */
  whyNot?(purpose: Purpose): string | undefined;
  /** Starts what is needed and makes sure that it answers as it should. Rejects when it does not. */
  open(harness: Harness): Promise<Measurement>;
}

/** A subject that is ready. */
export interface Measurement {
  readonly server?: RunningServer;
  /** Measures once for about so many seconds; resolves with the figure in the unit of the row, rejects when a call failed. */
  sample(seconds: number): Promise<number>;
  /** How many the last sample had of what a rate counts; absent where that is the rate times the time it took. */
  counted?(): number;
}

/** What one subject must reach: a figure, or its ratio to that of another. */
export interface Target {
  readonly of: string;
  /** The subject to divide by, or several, of which the one with the highest figure counts; absent where the figure itself counts. */
  readonly per?: string | readonly string[];
  readonly bound: "≥" | "≤";
  readonly value: number;
}
