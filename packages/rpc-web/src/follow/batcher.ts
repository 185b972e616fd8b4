import type { Cancel } from "../environment/stream-environment.ts";

/** Gathers what arrives and hands it on together. */
export interface Batcher<M> {
  /** Takes one more message. */
  push(message: M): void;
  /** Hands on at once what has gathered, if anything. */
  flush(): void;
  /** Forgets what has gathered. */
  clear(): void;
}

/**
 * Hands on everything that arrived since the last frame, in order, so that a page renders once a frame however fast a
 * stream is. At `limit` gathered messages it does not wait for the frame: a hidden page paints none, and what it
 * gathers must not grow.
 */
export function createBatcher<M>(
  onFrame: (run: () => void) => Cancel,
  onBatch: (messages: readonly M[]) => void,
  limit = 1_000,
): Batcher<M> {
  let gathered: M[] = [];
  let cancelFrame: Cancel | undefined;
  const clear = () => {
    cancelFrame?.();
    cancelFrame = undefined;
    gathered = [];
  };
  const flush = () => {
    const batch = gathered;
    clear();
    if (batch.length > 0) onBatch(batch);
  };
  return {
    push(message) {
      gathered.push(message);
      if (gathered.length >= limit) flush();
      else cancelFrame ??= onFrame(flush);
    },
    flush,
    clear,
  };
}
