import { Code, ConnectError } from "@connectrpc/connect";
import { browserEnvironment } from "../environment/browser-environment.ts";
import type { StreamEnvironment } from "../environment/stream-environment.ts";
import { pushbackOf } from "../retry/pushback.ts";
import { backoffDelay } from "./backoff.ts";
import { toNetworkError } from "./network-errors.ts";
import { isResumeRejection, isRetryable } from "./retryable.ts";
import { untilAborted } from "./until-aborted.ts";

/** How long a stream may be silent, in milliseconds: three heartbeats of a server that sends one every 15 s. */
export const SILENCE_MS = 45_000;
/** A stream that was live for this long, in milliseconds, was no fluke: the next failure counts as the first again. */
export const STABLE_AFTER_MS = 5_000;

/** How a stream that is followed is doing. Times are milliseconds since 1970. */
export type FollowState =
  /**
   * Opened, and nothing has come yet; `failures` counts the attempts in a row that failed before. A stream that the server only has move to another connection stays
   * live.
   */
  | { readonly kind: "connecting"; readonly failures: number }
  /** Something has come, the first of it at `since`. */
  | { readonly kind: "live"; readonly since: number }
  /** Lost; opened again at `retryAt`. */
  | { readonly kind: "reconnecting"; readonly retryAt: number; readonly error: ConnectError }
  /** The server ended it without an error. */
  | { readonly kind: "ended" }
  /** It ended with an error that trying again would not change. */
  | { readonly kind: "failed"; readonly error: ConnectError };

/**
 * Makes the call of a stream. It must pass on the signal, which is aborted when the call has ended or is not wanted any more, and ask for
 * what comes after the sequence number; undefined stands for a start from scratch. The id is that of the log in which the number counts, empty
 * where no message has named it: a server that is told of it rejects a number of another log.
 */
export type OpenStream<M> = (signal: AbortSignal, resumeFrom: bigint | undefined, logId: string) => AsyncIterable<M>;

/** Where a stream stands. */
export interface StreamPosition {
  /** The sequence number to go on after. */
  readonly sequence: bigint;
  /** The id of the log in which it counts; empty where that is not known. */
  readonly logId: string;
}

/** How to follow a stream. */
export interface FollowOptions<M> {
  /**
   * The sequence number that a message brings the stream to, of events and of heartbeats; undefined when it has none. Without
   * this, every attempt starts from scratch.
   */
  readonly sequenceOf?: (message: M) => bigint | undefined;
  /** The id of the log that a message names; undefined when it names none. Without this, a server cannot tell numbers of another log from its own. */
  readonly logIdOf?: (message: M) => string | undefined;
  /** The sequence number to start after; undefined starts from scratch. */
  readonly resumeFrom?: bigint | undefined;
  /** The id of the log in which that number counts; empty where it is not known. */
  readonly logId?: string | undefined;
  /** Ends the stream when it is aborted: the call is cancelled, and nothing more is yielded or notified. */
  readonly signal?: AbortSignal;
  /** Notified of how the stream is doing, whenever that changes. */
  readonly onState?: (state: FollowState) => void;
  /** Notified that the server has rejected the position to resume from: what comes now starts from scratch. */
  readonly onRestart?: () => void;
  /**
   * Gets a credential that the server takes, when an attempt has ended with UNAUTHENTICATED: false where there is none to be had, and a rejection where that is not
   * known yet. Where it was had the stream is opened again at once, after the last message. Without this, UNAUTHENTICATED ends the stream.
   */
  readonly refreshCredential?: (() => Promise<boolean>) | undefined;
  /** How long the server may send nothing, in milliseconds; 45,000 where absent. */
  readonly silenceMs?: number;
  /** The clock, chance, and what wakes a stream that waits; the browser's own where absent. */
  readonly environment?: Pick<StreamEnvironment, "now" | "random" | "schedule" | "onWake">;
}

/**
 * Keeps a stream open and yields its messages: a lost connection, a silent one and a server that goes away are followed by another
 * attempt, after a growing delay, or at once when the network comes back, the page is shown again, or the server asks for it, as it does where a connection
 * has become too old. With `sequenceOf` it
 * continues after the last message that it has yielded, and starts from scratch, once, when the server rejects that position.
 *
 * Returns when the server ends the stream or the signal is aborted. A slow reader holds up the stream; it is not taken for silence.
 * @throws ConnectError of an attempt when trying again cannot help.
 */
export async function* follow<M>(
  open: OpenStream<M>,
  options: FollowOptions<M> = {},
): AsyncGenerator<M, void, undefined> {
  const { onState, onRestart, silenceMs = SILENCE_MS, environment = browserEnvironment } = options;
  const signal = options.signal ?? new AbortController().signal;
  const { resumeFrom, logId = "" } = options;
  let position: StreamPosition | undefined = resumeFrom === undefined ? undefined : { sequence: resumeFrom, logId };
  // A server that takes no credential at all must not be asked for ever.
  let isRefreshed = false;
  let isMoving = false;
  for (let failures = 0; !signal.aborted; ) {
    if (!isMoving) onState?.({ kind: "connecting", failures });
    let liveSince: number | undefined;
    let error: ConnectError | undefined;
    const call = readCall((left) => open(left, position?.sequence, position?.logId ?? ""), {
      signal,
      silenceMs,
      environment,
    });
    try {
      for (;;) {
        const result = await call.next();
        if (signal.aborted) return;
        if (result.done) {
          error = result.value;
          break;
        }
        position = positionAfter(result.value, position, options);
        if (liveSince === undefined) {
          liveSince = environment.now();
          isRefreshed = false;
          onState?.({ kind: "live", since: liveSince });
        }
        yield result.value;
      }
    } finally {
      // A reader that stops wants no more.
      await call.return(undefined);
    }
    if (error === undefined) return onState?.({ kind: "ended" });
    if (liveSince === undefined && position !== undefined && isResumeRejection(error.code)) {
      position = undefined;
      onRestart?.();
      continue;
    }
    if (error.code === Code.Unauthenticated && options.refreshCredential !== undefined && !isRefreshed) {
      const outcome = await refreshed(options.refreshCredential);
      if (signal.aborted) return;
      isRefreshed = outcome === "refreshed";
      if (isRefreshed) continue;
      if (outcome instanceof ConnectError) error = outcome;
    }
    if (!isRetryable(error.code)) {
      onState?.({ kind: "failed", error });
      throw error;
    }
    if (liveSince !== undefined && environment.now() - liveSince >= STABLE_AFTER_MS) failures = 0;
    // Once for each time that a stream is live for long: a server that asks for it again and again is no better than one that fails.
    isMoving = failures === 0 && liveSince !== undefined && pushbackOf(error) === 0;
    const delay = backoffDelay(failures, environment.random);
    failures += 1;
    if (isMoving) continue;
    onState?.({ kind: "reconnecting", error, retryAt: environment.now() + delay });
    await sleepUnlessWoken(delay, signal, environment);
  }
}

/** What came of getting another credential: an error where that can be tried again. */
async function refreshed(refresh: () => Promise<boolean>): Promise<"refreshed" | "rejected" | ConnectError> {
  try {
    return (await refresh()) ? "refreshed" : "rejected";
  } catch (reason) {
    return new ConnectError("the credential could not be refreshed", Code.Unavailable, undefined, undefined, reason);
  }
}

/** Where a message brings a stream to. */
export function positionAfter<M>(
  message: M,
  before: StreamPosition | undefined,
  { sequenceOf, logIdOf }: Pick<FollowOptions<M>, "sequenceOf" | "logIdOf">,
): StreamPosition | undefined {
  const sequence = sequenceOf?.(message) ?? before?.sequence;
  return sequence === undefined ? undefined : { sequence, logId: logIdOf?.(message) ?? before?.logId ?? "" };
}

type CallContext = Required<Pick<FollowOptions<unknown>, "signal" | "silenceMs" | "environment">>;

/** Yields the messages of one call, and returns the error that it ended with, if any. The call is cancelled when it is left. */
async function* readCall<M>(
  open: (signal: AbortSignal) => AsyncIterable<M>,
  { signal, silenceMs, environment }: CallContext,
): AsyncGenerator<M, ConnectError | undefined, undefined> {
  const call = new AbortController();
  const left = AbortSignal.any([signal, call.signal]);
  const watch = () =>
    environment.schedule(silenceMs, () => {
      call.abort(new ConnectError(`nothing came for ${silenceMs / 1_000} s`, Code.Unavailable));
    });
  let stopWatching = watch();
  try {
    for await (const message of untilAborted(open(left), left)) {
      stopWatching();
      yield message;
      stopWatching = watch();
    }
    return undefined;
  } catch (reason) {
    return ConnectError.from(toNetworkError(reason));
  } finally {
    stopWatching();
    // Leaving a loop over a client's messages does not cancel the call; only its signal does.
    call.abort();
  }
}

async function sleepUnlessWoken(
  ms: number,
  signal: AbortSignal,
  { schedule, onWake }: CallContext["environment"],
): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const wake = () => resolve();
  const cancelTimer = schedule(ms, wake);
  const cancelWake = onWake(wake);
  signal.addEventListener("abort", wake);
  try {
    await promise;
  } finally {
    cancelTimer();
    cancelWake();
    signal.removeEventListener("abort", wake);
  }
}
