import type { StreamEnvironment } from "../environment/stream-environment.ts";

/** For how long, from when a transport was made, its calls wait for the code that records them, in milliseconds. */
export const MAX_LOAD_WAIT_MS = 1_000;

/** Waits for what is being loaded, until the signal of the call is aborted; undefined where it was not there in time, or rejects. */
export type LoadWait = <T>(loading: Promise<T>, signal: AbortSignal | undefined) => Promise<T | undefined>;

/**
 * Begins the time in which calls wait for what records them, which is that of all of them together: code that never arrives must hold up
 * no call for longer. Afterwards a call gets what is there already.
 */
export function createLoadWait({ now, schedule }: Pick<StreamEnvironment, "now" | "schedule">): LoadWait {
  const until = now() + MAX_LOAD_WAIT_MS;
  return <T>(loading: Promise<T>, signal: AbortSignal | undefined) => {
    const left = until - now();
    if (left <= 0 || signal?.aborted === true) return Promise.race([loading, undefined]).catch(() => undefined);
    return new Promise<T | undefined>((resolve) => {
      const giveUp = () => end(undefined);
      const cancel = schedule(left, giveUp);
      const end = (loaded: T | undefined) => {
        cancel();
        signal?.removeEventListener("abort", giveUp);
        resolve(loaded);
      };
      signal?.addEventListener("abort", giveUp, { once: true });
      loading.then(end, giveUp);
    });
  };
}
