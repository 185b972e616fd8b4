import type { HandlerContext } from "@connectrpc/connect";
import type { Call } from "./call.ts";
import { endIterator } from "./end-iterator.ts";
import { completeMessage } from "./intercept.ts";
import { raceSignal } from "./race-signal.ts";
import { signalOfInterceptor } from "./run-implementation.ts";

type Result = IteratorResult<unknown, undefined>;

const DONE: Result = { done: true, value: undefined };

/** What waits for a message. Called back and not promised one: the promise would be memory of every idle stream. */
export interface MessageReceiver {
  /** There is a message, or the end. */
  receive(result: Result): void;
  /** There is none: the call has failed. */
  fail(error: unknown): void;
}

/**
 * The messages of a streaming implementation, each made complete. Rejects with the reason when the call, or a signal that an interceptor
 * put in the place of its own, is aborted, whether the implementation observes that or not; counts the implementation while it runs; and
 * calls `started` as soon as it first waits.
 */
export class ResponseMessages implements AsyncIterator<unknown, undefined> {
  private readonly call: Call;
  private readonly messages: AsyncIterable<unknown>;
  private readonly signal: AbortSignal | undefined;
  private readonly started: () => void;
  private iterator: AsyncIterator<unknown> | undefined = undefined;
  private closed = false;
  /** What the call failed with while nobody waited for a message. */
  private unreported: { readonly error: unknown } | undefined = undefined;
  private waiter: MessageReceiver | undefined = undefined;

  constructor(call: Call, input: unknown, context: HandlerContext, started: () => void) {
    this.call = call;
    // The method streams, so what its implementation returns is iterable.
    this.messages = call.method.implementation(input as never, context) as AsyncIterable<unknown>;
    this.signal = signalOfInterceptor(call, context);
    this.started = started;
  }

  next(): Promise<Result> {
    return new Promise((resolve, reject) => this.pull({ receive: resolve, fail: reject }));
  }

  /** Has the next message, the end, or what the call failed with given to the receiver, once; before it returns only where nothing more comes. */
  pull(waiter: MessageReceiver): void {
    if (this.closed) {
      this.afterEnd(waiter);
      return;
    }
    this.waiter = waiter;
    this.call.onAbort = this.fail;
    try {
      const pulled = this.advance();
      (this.signal === undefined ? pulled : raceSignal(pulled, this.signal)).then(this.receive, this.fail);
    } catch (error) {
      this.fail(error);
    }
    if (this.call.aborted) this.fail(this.call.reason);
  }

  /** That there is nothing more; before it, once, what the call failed with while nobody waited for a message. */
  private afterEnd(waiter: MessageReceiver): void {
    const { unreported } = this;
    this.unreported = undefined;
    if (unreported === undefined) waiter.receive(DONE);
    else waiter.fail(unreported.error);
  }

  return(): Promise<Result> {
    this.finish();
    return Promise.resolve(DONE);
  }

  private advance(): Promise<IteratorResult<unknown>> {
    if (this.iterator !== undefined) return this.iterator.next();
    const { call } = this;
    this.iterator = this.messages[Symbol.asyncIterator]();
    call.handlerStarted();
    const pulled = this.iterator.next();
    // Where the headers cannot be sent, nobody waits for this message, and that it fails is no news then.
    pulled.catch(() => undefined);
    this.started();
    return pulled;
  }

  // Functions of the stream and not of each message, which costs a third less.
  private readonly receive = (result: IteratorResult<unknown>): void => {
    if (this.closed) return;
    if (result.done === true) {
      this.finish();
      this.takeWaiter()?.receive(DONE);
      return;
    }
    let value: unknown;
    try {
      value = completeMessage(this.call, result.value);
    } catch (error) {
      this.fail(error);
      return;
    }
    this.takeWaiter()?.receive({ done: false, value });
  };

  private readonly fail = (error: unknown): void => {
    if (this.closed) return;
    this.finish();
    const waiter = this.takeWaiter();
    if (waiter === undefined) this.unreported = { error };
    else waiter.fail(error);
  };

  /** Nobody waits any more; to be called before the waiter is given what it waits for, as it may ask for the next at once. */
  private takeWaiter(): MessageReceiver | undefined {
    const { waiter } = this;
    this.waiter = undefined;
    return waiter;
  }

  /** Ends the implementation, which nobody reads any more, and waits for it no longer than to count it. */
  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    const { call, iterator } = this;
    if (iterator === undefined) return;
    void endIterator(iterator).then(() => call.handlerEnded());
  }
}
