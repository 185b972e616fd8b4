import type { HandlerContext } from "@connectrpc/connect";
import { raceSignal } from "../race-signal.ts";
import type { DirectCall } from "./direct-call.ts";

/**
 * Runs the implementation of a unary call and counts it until it has ended. Settles as it does, or rejects with the reason when the
 * call, or a signal that an interceptor put in the place of its own, is aborted first. What is returned at once comes back at once: a
 * handler without input or output costs no promise.
 */
export function runImplementation(call: DirectCall, input: unknown, context: HandlerContext): unknown {
  call.enter();
  const foreign = foreignSignal(call, context);
  let result: unknown;
  try {
    result = call.method.implementation(input as never, context);
  } catch (error) {
    call.leave();
    throw isAborted(call, foreign) ? abortReason(call, foreign) : error;
  }
  if (!isThenable(result)) {
    call.leave();
    if (isAborted(call, foreign)) throw abortReason(call, foreign);
    return result;
  }
  const running = result;
  const settled = new Promise((resolve, reject) => {
    call.onAbort = reject;
    running.then(
      (value) => {
        call.leave();
        resolve(value);
      },
      (error) => {
        call.leave();
        reject(error);
      },
    );
    if (call.aborted) reject(call.reason);
  });
  return foreign === undefined ? settled : raceSignal(settled, foreign);
}

/** The signal that an interceptor put in the place of the call's own; undefined when none did. Makes none of what is not asked for. */
export function foreignSignal(call: DirectCall, context: HandlerContext): AbortSignal | undefined {
  return context === call.context || context.signal === call.signal ? undefined : context.signal;
}

function isAborted(call: DirectCall, foreign: AbortSignal | undefined): boolean {
  return foreign === undefined ? call.aborted : foreign.aborted;
}

function abortReason(call: DirectCall, foreign: AbortSignal | undefined): unknown {
  return foreign === undefined ? call.reason : foreign.reason;
}

/** Whether something is a promise or passes for one. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
