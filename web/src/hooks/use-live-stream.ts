import { useTransport } from "@connectrpc/connect-query";
import { useCallback, useContext, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { createBatcher } from "./batcher.ts";
import { startLiveStream } from "./live-stream.ts";
import { idleStream, type LiveStreamState } from "./live-stream-state.ts";
import { StreamEnvironmentContext } from "./stream-environment.ts";

/** What to stream and what to make of it. */
export interface UseLiveStreamOptions<M, S> {
  /** Names what is streamed, such as `recommendations of 7`. Under another name the data starts from `initial`. */
  readonly streamKey: string;
  /** Makes the call. It must pass the signal on, and continue after the sequence number where there is one. */
  open(signal: AbortSignal, resumeFrom: bigint | undefined): AsyncIterable<M>;
  /** The sequence number that a message brings the stream to, of events and of positions; undefined when it has none. */
  sequenceOf?(message: M): bigint | undefined;
  /** The data before the first message. */
  readonly initial: S;
  /** The data after the messages of one frame. Pure, and bounded: `appendBounded` helps. */
  reduce(data: S, messages: readonly M[]): S;
}

/** A live stream as a component sees it. */
export interface LiveStreamResult<S> {
  readonly state: LiveStreamState;
  /** What the messages so far amount to. It stays while the stream reconnects. */
  readonly data: S;
  /** Opens the stream again now: for one that failed, ended, or waits to reconnect. */
  readonly retry: () => void;
}

/**
 * Keeps a stream open while the component is mounted, through lost connections and a change of
 * protocol, without losing a message or getting one twice where `sequenceOf` says how to resume. While the page is hidden the
 * stream is let go, so that pages nobody looks at hold no connections; it goes on when the page is shown. The call is
 * cancelled on unmount. Renders at most once a frame.
 */
export function useLiveStream<M, S>(options: UseLiveStreamOptions<M, S>): LiveStreamResult<S> {
  const { streamKey, initial } = options;
  const transport = useTransport();
  const environment = useContext(StreamEnvironmentContext);
  const visible = useSyncExternalStore(environment.onVisibility, environment.isVisible);
  const [state, setState] = useState(idleStream);
  const [kept, setKept] = useState({ streamKey, data: initial });
  const [attempt, setAttempt] = useState(0);
  const position = useRef<{ streamKey: string; sequence: bigint | undefined }>(undefined);

  const open = useEffectEvent((signal: AbortSignal, from: bigint | undefined) => options.open(signal, from));
  const sequenceOf = useEffectEvent((message: M) => options.sequenceOf?.(message));
  const take = useEffectEvent((key: string, messages: readonly M[]) => {
    const { reduce } = options;
    setKept((last) => (last.streamKey === key ? { ...last, data: reduce(last.data, messages) } : last));
  });
  const startOver = useEffectEvent(() => setKept({ streamKey, data: initial }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another transport or attempt is a reason to open again.
  useEffect(() => {
    if (!visible) return setState({ kind: "paused" });
    const resumes = position.current?.streamKey === streamKey;
    if (!resumes) startOver();
    const batcher = createBatcher<M>(environment.onFrame, (messages) => take(streamKey, messages));
    const stream = startLiveStream<M>(
      {
        open: (signal, from) => open(signal, from),
        sequenceOf: (message) => sequenceOf(message),
        resumeFrom: resumes ? position.current?.sequence : undefined,
        onState: setState,
        onMessage: batcher.push,
        onRestart() {
          batcher.clear();
          startOver();
        },
      },
      environment,
    );
    return () => {
      position.current = { streamKey, sequence: stream.stop() };
      batcher.flush();
    };
  }, [streamKey, visible, environment, transport, attempt]);

  const retry = useCallback(() => setAttempt((last) => last + 1), []);
  return { state, data: kept.streamKey === streamKey ? kept.data : initial, retry };
}
