import { setTimeout } from "node:timers/promises";

/**
 * Resolves after the milliseconds given. Rejects as soon as the signal is aborted, or at once where it is already, and
 * leaves no timer behind.
 */
export type Delay = (milliseconds: number, signal: AbortSignal) => Promise<void>;

/** The delay of the real clock. */
export const delay: Delay = (milliseconds, signal) => setTimeout(milliseconds, undefined, { signal });
