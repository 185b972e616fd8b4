/** A timer as Node keeps it; the types leave out that it says whether it has come to its end. */
type KnownTimer = NodeJS.Timeout & { readonly _destroyed: boolean };

const timers = new Map<KnownTimer, string>();
let isWatching = false;

/**
 * Begins to remember the timers that are set from now on, those that do not keep the process alive included, which Node tells nobody of.
 * Calling it again does nothing.
 */
export function watchTimers(): void {
  if (isWatching) return;
  isWatching = true;
  const { setTimeout, setInterval } = globalThis;
  globalThis.setTimeout = remembering(setTimeout);
  globalThis.setInterval = remembering(setInterval);
}

/** Where in this repository the timers were set that are running now, and how many there: `hub.ts:90`. */
export function openTimers(): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const [timer, origin] of timers) {
    if (timer._destroyed) timers.delete(timer);
    else counts[origin] = (counts[origin] ?? 0) + 1;
  }
  return counts;
}

function remembering<Set extends typeof setTimeout | typeof setInterval>(set: Set): Set {
  const remember = (...args: Parameters<Set>) => {
    // What Node's own two functions return.
    const timer = set(...(args as Parameters<typeof setTimeout>)) as KnownTimer;
    const origin = originOf(new Error().stack ?? "");
    if (origin !== "") timers.set(timer, origin);
    return timer;
  };
  // The promise that `promisify` makes of it belongs to the function.
  return Object.assign(remember, set) as Set;
}

/** The place of the code of the server or the call engine that set a timer; empty where it was another's. The first lines are the message and `remember`. */
function originOf(stack: string): string {
  const caller = stack.split("\n", 3)[2] ?? "";
  return /\/(?:server|packages\/rpc)\/src\/(?!testing\/)([\w./-]+\.ts:\d+)/.exec(caller)?.[1] ?? "";
}
