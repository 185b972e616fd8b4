import type { HandlerContext } from "@connectrpc/connect";
import type { Call } from "./call.ts";
import { raceSignal } from "./race-signal.ts";

/**
 * Runs the implementation of a call that is answered with one message and counts it until it has ended. Settles as it does, or rejects with
 * the reason when the call, or a signal that an interceptor put in the place of its own, is aborted first. What is returned at once comes
 * back at once: a handler without input or output costs no promise.
 */
export function runImplementation(call: Call, input: unknown, context: HandlerContext): unknown {
  call.handlerStarted();
  const signal = signalOfInterceptor(call, context);
  let result: unknown;
  try {
    result = call.method.implementation(input as never, context);
  } catch (error) {
    call.handlerEnded();
    throw isAborted(call, signal) ? abortReason(call, signal) : error;
  }
  if (!isThenable(result)) {
    call.handlerEnded();
    if (isAborted(call, signal)) throw abortReason(call, signal);
    return result;
  }
  const running = result;
  const settled = new Promise((resolve, reject) => {
    call.onAbort = reject;
    running.then(
      (value) => {
        call.handlerEnded();
        resolve(value);
      },
      (error) => {
        call.handlerEnded();
        reject(error);
      },
    );
    if (call.aborted) reject(call.reason);
  });
  return signal === undefined ? settled : raceSignal(settled, signal);
}

/** The signal that an interceptor put in the place of the call's own; undefined when none did. Makes none of what is not asked for. */
export function signalOfInterceptor(call: Call, context: HandlerContext): AbortSignal | undefined {
  return context === call.context || context.signal === call.signal ? undefined : context.signal;
}

function isAborted(call: Call, signal: AbortSignal | undefined): boolean {
  return signal === undefined ? call.aborted : signal.aborted;
}

function abortReason(call: Call, signal: AbortSignal | undefined): unknown {
  return signal === undefined ? call.reason : signal.reason;
}

/** Whether something is a promise or passes for one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
