import type { ServerCall } from "./server-call.ts";

/** Resolves when there is room again, or the call is over: a client that stops reading does not hold its call past the deadline. */
export function roomOf(call: ServerCall): Promise<void> {
  if (call.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    call.onRoom = resolve;
    call.onAbort = () => resolve();
  });
}
