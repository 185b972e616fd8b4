import { useTransport } from "@connectrpc/connect-query";
import { createBatcher } from "@triptych/rpc-web";
import { useCallback, useContext, useEffect, useRef, useState } from "react";
import { appendBounded } from "./append-bounded.ts";
import { collectStream, type StreamOutcome } from "./collect-stream.ts";
import { StreamEnvironmentContext } from "./stream-environment.ts";

/** How a stream that a person starts is doing. */
export type CollectedStreamState = { readonly kind: "idle" } | { readonly kind: "open" } | StreamOutcome;

/** A stream that a person starts and stops. */
export interface CollectedStream<M> {
  readonly state: CollectedStreamState;
  /** The latest messages, oldest first, at most `limit`. */
  readonly items: readonly M[];
  /** How many messages have come, including those no longer in `items`. */
  readonly total: number;
  /** Makes a call, which must pass the signal on. A stream that is open is cancelled first, and its messages go. */
  readonly start: (open: (signal: AbortSignal) => AsyncIterable<M>) => void;
  /** Cancels the call; the messages stay. */
  readonly stop: () => void;
  /** Cancels the call and forgets its messages. */
  readonly clear: () => void;
}

interface Collected<M> {
  readonly state: CollectedStreamState;
  readonly items: readonly M[];
  readonly total: number;
}

const nothing: Collected<never> = { state: { kind: "idle" }, items: [], total: 0 };

/**
 * Runs one stream at a time, when asked to, and collects its messages. The call is cancelled when the component leaves
 * or the protocol changes. It is not opened again by itself: that is `useLiveStream`. Renders at most once a frame.
 */
export function useCollectedStream<M>(limit = 500): CollectedStream<M> {
  const transport = useTransport();
  const environment = useContext(StreamEnvironmentContext);
  const [collected, setCollected] = useState<Collected<M>>(nothing);
  const current = useRef<AbortController>(undefined);

  const stop = useCallback(() => current.current?.abort(), []);

  const start = useCallback(
    (open: (signal: AbortSignal) => AsyncIterable<M>) => {
      stop();
      const call = new AbortController();
      current.current = call;
      setCollected({ ...nothing, state: { kind: "open" } });
      const batcher = createBatcher<M>(environment.onFrame, (messages) => {
        setCollected((last) => ({
          state: last.state,
          items: appendBounded(last.items, messages, limit),
          total: last.total + messages.length,
        }));
      });
      void collectStream(open, call.signal, batcher.push).then((state) => {
        // Another stream, or none, has taken its place: what this one came to concerns nobody.
        if (current.current !== call) return batcher.clear();
        batcher.flush();
        setCollected((last) => ({ ...last, state }));
      });
    },
    [environment, limit, stop],
  );

  const clear = useCallback(() => {
    stop();
    current.current = undefined;
    setCollected(nothing);
  }, [stop]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the call belongs to the transport it was made with.
  useEffect(() => stop, [stop, transport]);

  return { ...collected, start, stop, clear };
}
