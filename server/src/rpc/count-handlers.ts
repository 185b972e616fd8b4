import { type ContextValues, createContextKey } from "@connectrpc/connect";
import type { RunningHandlers } from "./running-handlers.ts";

const ownHandlersKey = createContextKey<RunningHandlers | undefined>(undefined, {
  description: "the handlers that run for one client",
});

/** Has the handler of the call with these values counted in `handlers`, which one client answers for, too. */
export function countHandlersIn(values: ContextValues, handlers: RunningHandlers): void {
  values.set(ownHandlersKey, handlers);
}

/** Counts the handler of the call with these values, until what this returns is called, once. */
export function enterHandler(values: ContextValues, all: RunningHandlers): () => void {
  const leaves = [all.enter(), values.get(ownHandlersKey)?.enter()];
  return () => {
    for (const leave of leaves) leave?.();
  };
}
