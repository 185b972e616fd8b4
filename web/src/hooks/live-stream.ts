import { Code, ConnectError } from "@connectrpc/connect";
import type { StreamEnvironment } from "@triptych/rpc-web";
import { backoffDelay } from "./backoff.ts";
import type { LiveStreamState } from "./live-stream-state.ts";
import { isResumeRefusal, isRetryable } from "./retryable.ts";
import { untilAborted } from "./until-aborted.ts";

/** Servers send a heartbeat every 15 s; after three that did not come, the connection is taken for dead. */
export const silenceLimitMs = 45_000;
/** A stream that was live for this long was no fluke: the next failure counts as the first again. */
export const stableAfterMs = 5_000;

/** What to stream, and who wants to know. */
export interface LiveStreamOptions<M> {
  /** Makes the call with the signal, which is aborted when the stream is left; after the sequence number, if any. */
  open(signal: AbortSignal, resumeFrom: bigint | undefined): AsyncIterable<M>;
  /** The sequence number that a reconnect continues after once this message has come; undefined when it has none. */
  sequenceOf?(message: M): bigint | undefined;
  /** The sequence number to start after; undefined starts as `open` likes. */
  readonly resumeFrom: bigint | undefined;
  /** Told how the stream is doing, whenever that changes. */
  onState(state: LiveStreamState): void;
  /** Told of every message, in order. */
  onMessage(message: M): void;
  /** Told that the server does not know the position any more, and that the stream starts from scratch. */
  onRestart(): void;
}

/** A running stream. */
export interface LiveStream {
  /** Leaves the stream: the call is cancelled and nothing more is told. Gives the sequence number it got to. */
  stop(): bigint | undefined;
}

/**
 * Keeps a stream open: a lost connection, a silent one and a server that goes away are followed by another attempt
 * after a growing delay, or at once when the environment wakes. Ends when the server ends it, fails when trying again
 * cannot help, and starts from scratch, once, when the server refuses the position to resume from.
 */
export function startLiveStream<M>(options: LiveStreamOptions<M>, environment: StreamEnvironment): LiveStream {
  const stopped = new AbortController();
  let sequence = options.resumeFrom;
  void keepOpen();
  return {
    stop() {
      stopped.abort(new ConnectError("left the stream", Code.Canceled));
      return sequence;
    },
  };

  async function keepOpen(): Promise<void> {
    for (let failures = 0; !stopped.signal.aborted; ) {
      options.onState({ kind: "connecting", failures });
      const { error, liveForMs } = await attempt();
      if (stopped.signal.aborted) return;
      if (error === undefined) return options.onState({ kind: "ended" });
      if (liveForMs === undefined && sequence !== undefined && isResumeRefusal(error.code)) {
        sequence = undefined;
        options.onRestart();
        continue;
      }
      if (!isRetryable(error.code)) return options.onState({ kind: "failed", error });
      if (liveForMs !== undefined && liveForMs >= stableAfterMs) failures = 0;
      const delay = backoffDelay(failures, environment.random);
      failures += 1;
      options.onState({ kind: "reconnecting", error, retryAt: environment.now() + delay });
      await sleepUnlessWoken(delay);
    }
  }

  /** Runs one call to its end. `liveForMs` is undefined when nothing came, `error` when the server ended it well. */
  async function attempt(): Promise<{ error: ConnectError | undefined; liveForMs: number | undefined }> {
    const call = new AbortController();
    const signal = AbortSignal.any([stopped.signal, call.signal]);
    let liveSince: number | undefined;
    let watchdog = watch(call);
    try {
      for await (const message of untilAborted(options.open(signal, sequence), signal)) {
        watchdog();
        watchdog = watch(call);
        sequence = options.sequenceOf?.(message) ?? sequence;
        if (liveSince === undefined) {
          liveSince = environment.now();
          options.onState({ kind: "live", since: liveSince });
        }
        options.onMessage(message);
      }
      return { error: undefined, liveForMs: since(liveSince) };
    } catch (reason) {
      return { error: ConnectError.from(reason), liveForMs: since(liveSince) };
    } finally {
      watchdog();
      // Leaving a loop over a client's messages does not cancel the call; only its signal does.
      call.abort();
    }
  }

  function watch(call: AbortController) {
    return environment.schedule(silenceLimitMs, () => {
      call.abort(new ConnectError(`nothing came for ${silenceLimitMs / 1_000} s`, Code.Unavailable));
    });
  }

  function since(start: number | undefined): number | undefined {
    return start === undefined ? undefined : environment.now() - start;
  }

  async function sleepUnlessWoken(ms: number): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancelTimer = environment.schedule(ms, resolve);
    const cancelWake = environment.onWake(resolve);
    stopped.signal.addEventListener("abort", () => resolve(), { once: true });
    await promise;
    cancelTimer();
    cancelWake();
  }
}
