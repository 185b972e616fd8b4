import { type ContextValues, createContextKey, type HandlerContext } from "@connectrpc/connect";
import type { RunningHandlers } from "@triptych/rpc/call/running-handlers.ts";

/** Who wants to know of the handler of a call. */
export interface HandlerObserver {
  /** Where the handler is counted too: the handlers that one client answers for. */
  readonly handlers?: RunningHandlers;
  /** Told, when the handler starts, the signal that is aborted when the call is over for whatever reason. */
  started(signal: AbortSignal): void;
}

const observerKey = createContextKey<HandlerObserver | undefined>(undefined, {
  description: "who wants to know of the handler of the call",
});

/** Lets the observer know of the handler of the call with these values. */
export function observeHandler(values: ContextValues, observer: HandlerObserver): void {
  values.set(observerKey, observer);
}

/** Counts the handler of a call, until what this returns is called, once. */
export function enterHandler({ values, signal }: HandlerContext, all: RunningHandlers): () => void {
  const observer = values.get(observerKey);
  all.track();
  observer?.handlers?.track();
  observer?.started(signal);
  return () => {
    all.untrack();
    observer?.handlers?.untrack();
  };
}
