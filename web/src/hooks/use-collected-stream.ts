import { untilAborted } from "@triptych/rpc-web";
import { useCallback, useState } from "react";
import { appendBounded } from "./append-bounded.ts";
import { type CallOutcome, useOneCall } from "./use-one-call.ts";

/** How a stream that a person starts is doing. */
export type CollectedStreamState = { readonly kind: "idle" } | { readonly kind: "open" } | CallOutcome;

interface Collected<M> {
  readonly state: CollectedStreamState;
  /** The latest messages, oldest first, at most `limit`. */
  readonly items: readonly M[];
  /** How many messages have come, including those no longer in `items`. */
  readonly total: number;
}

/** A stream that a person starts and stops. */
export interface CollectedStream<M> extends Collected<M> {
  /** Makes a call, which must pass the signal on. A stream that is open is cancelled first, and its messages go. */
  readonly start: (open: (signal: AbortSignal) => AsyncIterable<M>) => void;
  /** Cancels the call; the messages stay. */
  readonly stop: () => void;
  /** Cancels the call and forgets its messages. */
  readonly clear: () => void;
}

const nothing: Collected<never> = { state: { kind: "idle" }, items: [], total: 0 };

/** Runs one stream at a time, when asked to, and collects its messages: see `useOneCall`. Renders at most once a frame. */
export function useCollectedStream<M>(limit = 500): CollectedStream<M> {
  const { start: startCall, cancel, forget } = useOneCall();
  const [collected, setCollected] = useState<Collected<M>>(nothing);

  const start = useCallback(
    (open: (signal: AbortSignal) => AsyncIterable<M>) => {
      setCollected({ ...nothing, state: { kind: "open" } });
      startCall<M>(
        async ({ signal, report }) => {
          for await (const message of untilAborted(open(signal), signal)) report(message);
        },
        {
          onEvents: (messages) =>
            setCollected(({ state, items, total }) => ({
              state,
              items: appendBounded(items, messages, limit),
              total: total + messages.length,
            })),
          onEnd: (state) => setCollected((last) => ({ ...last, state })),
        },
      );
    },
    [startCall, limit],
  );

  const clear = useCallback(() => {
    forget();
    setCollected(nothing);
  }, [forget]);

  return { ...collected, start, stop: cancel, clear };
}
