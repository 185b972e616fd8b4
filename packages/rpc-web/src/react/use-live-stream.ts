import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { useCallback, useEffect, useEffectEvent, useRef, useState, useSyncExternalStore } from "react";
import { browserEnvironment } from "../environment/browser-environment.ts";
import type { StreamEnvironment } from "../environment/stream-environment.ts";
import { createBatcher } from "../follow/batcher.ts";
import {
  type FollowOptions,
  type FollowState,
  follow,
  type OpenStream,
  positionAfter,
  type StreamPosition,
} from "../follow/follow.ts";

/** How a live stream of a component is doing. */
export type LiveStreamState =
  | FollowState
  /** Not opened yet. */
  | { readonly kind: "idle" }
  /** Let go while the page is hidden; it goes on where it stopped once the page is shown. */
  | { readonly kind: "paused" };

/** What to stream and what to make of it. */
export interface UseLiveStreamOptions<M, S>
  extends Pick<FollowOptions<M>, "sequenceOf" | "logIdOf" | "refreshCredential"> {
  /** Names what is streamed, such as `recommendations of 7`. Under another name the data starts from `initial`. */
  readonly streamKey: string;
  /** What the call is made with. Over another one the stream is opened again, and goes on where it stopped. */
  readonly transport: Transport;
  /** Makes the call. It must pass the signal on, and continue after the sequence number where there is one. */
  readonly open: OpenStream<M>;
  /** The data before the first message. */
  readonly initial: S;
  /** The data after the messages of one frame. Pure, and bounded. */
  reduce(data: S, messages: readonly M[]): S;
  /** Time, chance and the events of the page; the browser's own where absent. Another one opens the stream again. */
  readonly environment?: StreamEnvironment;
}

/** A live stream as a component sees it. */
export interface LiveStreamResult<S> {
  readonly state: LiveStreamState;
  /** What the messages so far amount to. It stays while the stream reconnects. */
  readonly data: S;
  /** Opens the stream again now: for one that failed, ended, or waits to reconnect. */
  readonly retry: () => void;
}

const idle: LiveStreamState = { kind: "idle" };

/**
 * Follows a stream while the component is mounted, through lost connections and a change of transport, without losing a
 * message or getting one twice where `sequenceOf` says how to resume. While the page is hidden the stream is let go, so that
 * pages in the background hold no connections; it goes on when the page is shown. The call is cancelled on unmount. Renders at
 * most once a frame.
 */
export function useLiveStream<M, S>(options: UseLiveStreamOptions<M, S>): LiveStreamResult<S> {
  const { streamKey, transport, initial, environment = browserEnvironment } = options;
  const visible = useSyncExternalStore(environment.onVisibility, environment.isVisible);
  const [state, setState] = useState(idle);
  const [kept, setKept] = useState({ streamKey, data: initial });
  const [attempt, setAttempt] = useState(0);
  const stopped = useRef<{ streamKey: string; position: StreamPosition | undefined }>(undefined);

  const open = useEffectEvent<OpenStream<M>>((signal, from, logId) => options.open(signal, from, logId));
  const sequenceOf = useEffectEvent((message: M) => options.sequenceOf?.(message));
  const logIdOf = useEffectEvent((message: M) => options.logIdOf?.(message));
  const take = useEffectEvent((key: string, messages: readonly M[]) => {
    const { reduce } = options;
    setKept((last) => (last.streamKey === key ? { ...last, data: reduce(last.data, messages) } : last));
  });
  const refreshCredential = useEffectEvent(async () => (await options.refreshCredential?.()) ?? false);
  const startOver = useEffectEvent(() => setKept({ streamKey, data: initial }));

  // biome-ignore lint/correctness/useExhaustiveDependencies: another transport or attempt is a reason to open again.
  useEffect(() => {
    if (!visible) return setState({ kind: "paused" });
    const resumes = stopped.current?.streamKey === streamKey;
    if (!resumes) startOver();
    let position = resumes ? stopped.current?.position : undefined;
    const of = { sequenceOf: (message: M) => sequenceOf(message), logIdOf: (message: M) => logIdOf(message) };
    const left = new AbortController();
    const batcher = createBatcher<M>(environment.onFrame, (messages) => take(streamKey, messages));
    const read = async () => {
      const messages = follow<M>((signal, from, logId) => open(signal, from, logId), {
        ...of,
        resumeFrom: position?.sequence,
        logId: position?.logId,
        refreshCredential: options.refreshCredential && (() => refreshCredential()),
        signal: left.signal,
        environment,
        onState: setState,
        onRestart() {
          position = undefined;
          batcher.clear();
          startOver();
        },
      });
      for await (const message of messages) {
        // It was on its way when the stream was left, and comes again when the stream goes on.
        if (left.signal.aborted) return;
        position = positionAfter(message, position, of);
        batcher.push(message);
      }
    };
    // The state has what it failed with.
    read().catch(() => undefined);
    return () => {
      left.abort(new ConnectError("left the stream", Code.Canceled));
      stopped.current = { streamKey, position };
      batcher.flush();
    };
  }, [streamKey, visible, environment, transport, attempt]);

  const retry = useCallback(() => setAttempt((last) => last + 1), []);
  return { state, data: kept.streamKey === streamKey ? kept.data : initial, retry };
}
