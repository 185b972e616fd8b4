import { ConnectError } from "@connectrpc/connect";
import { useTransport } from "@connectrpc/connect-query";
import { createBatcher } from "@triptych/rpc-web";
import { useCallback, useContext, useEffect, useRef } from "react";
import { StreamEnvironmentContext } from "./stream-environment.ts";

/** How a call came to its end. */
export type CallOutcome =
  /** The server ended it without an error. */
  | { readonly kind: "done" }
  /** It was cancelled from this side. */
  | { readonly kind: "cancelled" }
  /** It ended with an error. */
  | { readonly kind: "failed"; readonly error: ConnectError };

/** What a call works with while it goes on. */
export interface CallInProgress<E> {
  /** Aborted when the call is cancelled; the call must pass it on. */
  readonly signal: AbortSignal;
  /** Reports that something happened, for the next frame. Once the signal is aborted, nothing is reported any more. */
  report(event: E): void;
  /** Hands on at once what was reported. */
  flush(): void;
}

/** Hears of a call until another takes its place. */
export interface CallListener<E> {
  /** Called at most once a frame with what happened since, in order. */
  readonly onEvents: (events: readonly E[]) => void;
  /** Called once, after the last event. */
  readonly onEnd: (outcome: CallOutcome) => void;
}

/** One call at a time. */
export interface OneCall {
  /** Makes a call after cancelling the one before, of which nothing is heard any more. It ends with what `run` returns. */
  start<E>(run: (call: CallInProgress<E>) => Promise<void>, listener: CallListener<E>): void;
  /** Cancels the call, if there is one. */
  cancel(): void;
  /** Cancels the call, of which nothing is heard any more. */
  forget(): void;
}

/**
 * The way to make calls that a person starts, one at a time. The call is cancelled when the component leaves or the protocol changes,
 * and then has ended at once, whatever the transport does. It is not made again by itself: that is `useLiveStream`.
 */
export function useOneCall(): OneCall {
  const transport = useTransport();
  const { onFrame } = useContext(StreamEnvironmentContext);
  const current = useRef<AbortController>(undefined);

  const cancel = useCallback(() => current.current?.abort(), []);

  const forget = useCallback(() => {
    cancel();
    current.current = undefined;
  }, [cancel]);

  const start = useCallback<OneCall["start"]>(
    (run, { onEvents, onEnd }) => {
      forget();
      const own = new AbortController();
      const { signal } = own;
      current.current = own;
      const batcher = createBatcher(onFrame, onEvents);
      const report: typeof batcher.push = (event) => {
        if (!signal.aborted) batcher.push(event);
      };
      void outcomeOf(() => run({ signal, report, flush: batcher.flush }), signal).then((outcome) => {
        // Another call, or none, has taken its place: what this one came to concerns nobody.
        if (current.current !== own) return batcher.clear();
        batcher.flush();
        onEnd(outcome);
      });
    },
    [forget, onFrame],
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: the call belongs to the transport it was made with.
  useEffect(() => cancel, [cancel, transport]);

  return { start, cancel, forget };
}

async function outcomeOf(run: () => Promise<void>, signal: AbortSignal): Promise<CallOutcome> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    await Promise.race([run(), aborted]);
    return { kind: "done" };
  } catch (reason) {
    return signal.aborted ? { kind: "cancelled" } : { kind: "failed", error: ConnectError.from(reason) };
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
