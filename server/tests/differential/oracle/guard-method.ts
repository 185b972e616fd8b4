import type { DescMethod } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import { endIterator } from "@triptych/rpc/call/end-iterator.ts";
import { raceSignal } from "@triptych/rpc/call/race-signal.ts";
import type { RunningHandlers } from "@triptych/rpc/call/running-handlers.ts";
import { enterHandler } from "./count-handlers.ts";
import { sendHeadersEarly } from "./early-headers.ts";
import { untilAborted } from "./until-aborted.ts";

/** A method's implementation with the types of its messages left out: what comes in and out depends on the kind of method. */
export type AnyMethod = (input: never, context: HandlerContext) => Promise<unknown> | AsyncIterable<unknown>;

/**
 * Wraps an implementation so that the call ends when its signal is aborted, by its deadline, its client or a drain, whether the
 * implementation observes the signal or not; so that an implementation that waits for a client's next message is notified, too; so
 * that the headers of a streaming answer go out as soon as the implementation first waits; and so that it is counted while it runs.
 */
export function guardMethod(method: DescMethod, implementation: AnyMethod, running: RunningHandlers): AnyMethod {
  const call = readsStream(method) ? endInputWithSignal(method, implementation) : implementation;
  if (method.methodKind === "server_streaming" || method.methodKind === "bidi_streaming") {
    // The descriptor says that the method streams, so what it returns is iterable.
    return (input, context) =>
      guardStream(call(input, context) as AsyncIterable<unknown>, context, {
        running,
        // Until its first message is read an implementation may set headers by it.
        onWait: readsStream(method) ? () => undefined : () => sendHeadersEarly(context),
      });
  }
  return (input, context) => guardPromise(async () => call(input, context), context, running);
}

function readsStream({ methodKind }: DescMethod): boolean {
  return methodKind === "client_streaming" || methodKind === "bidi_streaming";
}

/** A client that never ends its side must not keep an implementation waiting beyond the end of the call. */
function endInputWithSignal({ methodKind }: DescMethod, call: AnyMethod): AnyMethod {
  // The descriptor says that the method reads a stream, so what comes in is iterable.
  return (input: AsyncIterable<unknown>, context) => {
    const messages = untilAborted(input, context.signal);
    const read = methodKind === "bidi_streaming" ? onSecondRead(messages, () => sendHeadersEarly(context)) : messages;
    return call(read as never, context);
  };
}

/** The same messages; calls `asked` when the second is asked for. */
async function* onSecondRead<T>(messages: AsyncIterable<T>, asked: () => void): AsyncGenerator<T> {
  let isFirst = true;
  for await (const message of messages) {
    yield message;
    if (isFirst) asked();
    isFirst = false;
  }
}

async function guardPromise(
  call: () => Promise<unknown>,
  context: HandlerContext,
  running: RunningHandlers,
): Promise<unknown> {
  const leave = enterHandler(context, running);
  return raceSignal(call().finally(leave), context.signal);
}

async function* guardStream(
  messages: AsyncIterable<unknown>,
  context: HandlerContext,
  { running, onWait }: { readonly running: RunningHandlers; readonly onWait: () => void },
): AsyncGenerator<unknown> {
  const iterator = messages[Symbol.asyncIterator]();
  const leave = enterHandler(context, running);
  try {
    let next = iterator.next();
    // Where the headers cannot be sent, nobody waits for this message, and that it fails is no news then.
    next.catch(() => undefined);
    onWait();
    for (;;) {
      const result = await raceSignal(next, context.signal);
      if (result.done) return;
      yield result.value;
      next = iterator.next();
    }
  } finally {
    // Not awaited: an implementation that does not observe its signal must not hold up the end of the call.
    void endIterator(iterator).then(leave);
  }
}
