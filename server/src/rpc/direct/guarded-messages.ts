import type { HandlerContext } from "@connectrpc/connect";
import { raceSignal } from "../race-signal.ts";
import type { DirectCall } from "./direct-call.ts";
import { completeMessage } from "./intercept.ts";

type Result = IteratorResult<unknown, undefined>;

const DONE: Result = { done: true, value: undefined };

/**
 * The messages of a streaming implementation, each made complete. Rejects with the reason when the call, or a signal that an
 * interceptor put in the place of its own, is aborted, whether the implementation heeds that or not; counts the implementation while it
 * runs; and calls `started` as soon as it first waits.
 */
export class GuardedMessages implements AsyncIterator<unknown, undefined> {
  private readonly call: DirectCall;
  private readonly messages: AsyncIterable<unknown>;
  private readonly signal: AbortSignal;
  private readonly started: () => void;
  private iterator: AsyncIterator<unknown> | undefined;
  private leave: (() => void) | undefined;
  private over = false;

  constructor(call: DirectCall, messages: AsyncIterable<unknown>, signal: AbortSignal, started: () => void) {
    this.call = call;
    this.messages = messages;
    this.signal = signal;
    this.started = started;
    this.iterator = undefined;
    this.leave = undefined;
  }

  next(): Promise<Result> {
    if (this.over) return Promise.resolve(DONE);
    const { call } = this;
    return new Promise((resolve, reject) => {
      const fail = (error: unknown) => {
        this.finish();
        reject(error);
      };
      call.onAbort = fail;
      const pulled = this.signal === call.context.signal ? this.pull() : raceSignal(this.pull(), this.signal);
      pulled.then((result) => {
        if (result.done !== true) {
          resolve(result);
          return;
        }
        this.finish();
        resolve(DONE);
      }, fail);
      if (call.aborted) fail(call.reason);
    });
  }

  return(): Promise<Result> {
    this.finish();
    return Promise.resolve(DONE);
  }

  private async pull(): Promise<IteratorResult<unknown>> {
    let pulled: Promise<IteratorResult<unknown>>;
    if (this.iterator === undefined) {
      this.iterator = this.messages[Symbol.asyncIterator]();
      this.leave = this.call.method.running.enter();
      pulled = this.iterator.next();
      // Where the headers cannot be sent, nobody waits for this message, and that it fails is no news then.
      pulled.catch(() => undefined);
      this.started();
    } else {
      pulled = this.iterator.next();
    }
    const result = await pulled;
    return result.done === true ? result : { done: false, value: completeMessage(this.call, result.value) };
  }

  /** Tells the implementation that nobody reads on, and waits for it no longer than to count it. */
  private finish(): void {
    if (this.over) return;
    this.over = true;
    const { iterator, leave = () => undefined } = this;
    if (iterator?.return === undefined) leave();
    // What an abandoned implementation still throws has nobody left to hear it.
    else iterator.return().then(leave, leave);
  }
}

/** What the implementation of a streaming call makes; an Error when it makes no stream. */
export function implementationMessages(call: DirectCall, input: unknown, context: HandlerContext) {
  // The method streams, so what its implementation returns is iterable.
  return call.method.implementation(input as never, context) as AsyncIterable<unknown>;
}
