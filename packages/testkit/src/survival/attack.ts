import type { SeededRandom } from "./seeded-random.ts";

/** What an attack works with. */
export interface Target {
  readonly port: number;
  readonly random: SeededRandom;
  /** What real clients have sent, a connection each. */
  readonly recordings: readonly [Buffer, ...Buffer[]];
}

/** One idea of how to hurt a server. */
export interface Attack {
  readonly name: string;
  /** Strikes once, on connections of its own; resolves when these are closed. Never rejects: what the server answers is not looked at. */
  strike(target: Target): Promise<void>;
}
