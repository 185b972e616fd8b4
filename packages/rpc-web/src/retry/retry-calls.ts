import type { DescMethod } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import { ConnectError, type Interceptor, type StreamResponse } from "@connectrpc/connect";
import { browserEnvironment } from "../environment/browser-environment.ts";
import type { StreamEnvironment } from "../environment/stream-environment.ts";
import { hasIdempotencyKey } from "./has-idempotency-key.ts";
import { RetryBudget } from "./retry-budget.ts";
import { retryDelay } from "./retry-delay.ts";
import { timeoutOf } from "./timeout-of.ts";

/** A call that waits until it is made again. */
export interface WaitingCall {
  readonly method: DescMethod;
  /** What it has failed with. */
  readonly error: ConnectError;
  /** When it is made again, in milliseconds of the clock of the environment. */
  readonly until: number;
}

/** How calls are made again. */
export interface RetryOptions {
  /** How often a call is made at most, the first time included; 4 unless given. */
  readonly maxAttempts?: number;
  /** How many failures in a row use the budget of all calls up, half of which are followed by another attempt; 20 unless given. */
  readonly budget?: number;
  /**
   * Whether a call of an idempotent method may be made again with a message of its request. Unless given, where the request has a field `idempotency_key`, only with one; any
   * other may.
   */
  readonly mayRetry?: (method: DescMethod, message: unknown) => boolean;
  /** Called when a call waits to be made again; what it returns is called once when the wait is over, however. */
  readonly onWait?: (call: WaitingCall) => () => void;
  /** The clock, the timers and chance; the browser's unless given. */
  readonly environment?: Pick<StreamEnvironment, "now" | "random" | "schedule">;
}

type Request = Parameters<ReturnType<Interceptor>>[0];

/**
 * Makes calls again that have failed, where that is safe: those of methods without side effects or idempotent ones (see `mayRetry`), unary, or server streaming of which nothing has come. It
 * waits for as long as the server asks for, with jitter; not beyond the deadline of the call, nor after its signal is aborted, and within a budget for all calls
 * together. Stands before `networkErrors`, so that a network that is lost is UNAVAILABLE.
 */
export function retryCalls(options: RetryOptions = {}): Interceptor {
  const { maxAttempts = 4, mayRetry = hasIdempotencyKey, onWait, environment = browserEnvironment } = options;
  const budget = new RetryBudget(options.budget ?? 20);

  /** Waits before the next attempt; throws the error where there is to be none. */
  async function waitAfter(thrown: unknown, failures: number, { method, signal }: Request, deadline: number) {
    const error = ConnectError.from(thrown);
    const delay = signal.aborted ? undefined : retryDelay(error, failures, environment.random);
    if (delay === undefined) throw error;
    const until = environment.now() + delay;
    if (!budget.failed() || failures + 1 >= maxAttempts || until >= deadline) throw error;
    const isOver = onWait?.({ method, error, until });
    try {
      await wait(delay, signal, environment);
    } finally {
      isOver?.();
    }
  }

  /** Whether a call may be made again, by its method and what it sends. */
  function isSafe({ method }: Request, messages: readonly unknown[]): boolean {
    if (method.idempotency === Level.NO_SIDE_EFFECTS) return true;
    return method.idempotency === Level.IDEMPOTENT && messages.every((message) => mayRetry(method, message));
  }

  return (next) => async (request) => {
    if (!isSafe(request, []) || request.method.methodKind.startsWith("bidi")) return next(request);
    const deadline = environment.now() + (timeoutOf(request.header) ?? Number.POSITIVE_INFINITY);
    if (request.stream) return retryStream(request);
    if (!isSafe(request, [request.message])) return next(request);
    for (let failures = 0; ; failures += 1) {
      try {
        const response = await next(request);
        budget.succeeded();
        return response;
      } catch (error) {
        await waitAfter(error, failures, request, deadline);
      }
    }

    /** A stream whose messages are those of the first attempt of which something has come. */
    async function retryStream(stream: Request & { readonly stream: true }): Promise<StreamResponse> {
      const sent: unknown[] = [];
      for await (const message of stream.message) sent.push(message);
      // Sent again with each attempt.
      const attempt = async () =>
        (await next({ ...stream, message: again(sent) as typeof stream.message })) as StreamResponse;
      if (!isSafe(request, sent)) return attempt();
      let failures = 0;
      const opened = async (): Promise<StreamResponse> => {
        for (; ; failures += 1) {
          try {
            return await attempt();
          } catch (error) {
            await waitAfter(error, failures, request, deadline);
          }
        }
      };
      const first = await opened();
      async function* messages() {
        for (let response = first; ; response = await opened()) {
          let hasCome = false;
          try {
            for await (const message of response.message) {
              if (!hasCome) budget.succeeded();
              hasCome = true;
              yield message;
            }
            if (response !== first) for (const [name, value] of response.trailer) first.trailer.set(name, value);
            return;
          } catch (error) {
            if (hasCome) throw error;
            await waitAfter(error, failures, request, deadline);
            failures += 1;
          }
        }
      }
      return { ...first, message: messages() };
    }
  };
}

async function* again(messages: readonly unknown[]): AsyncGenerator<unknown> {
  yield* messages;
}

/** Resolves after so many milliseconds; rejects with the reason when the signal is aborted before. */
function wait(ms: number, signal: AbortSignal, { schedule }: Pick<StreamEnvironment, "schedule">): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = schedule(ms, () => {
      signal.removeEventListener("abort", onAbort);
      resolve();
    });
    const onAbort = () => {
      cancel();
      reject(signal.reason);
    };
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
