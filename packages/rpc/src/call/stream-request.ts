import type { Message } from "@bufbuild/protobuf";
import type { HandlerContext, StreamResponse } from "@connectrpc/connect";
import type { Call } from "./call.ts";
import { completeMessage, copyHeaders, intercept } from "./intercept.ts";
import { onlyMessageOf } from "./request-messages.ts";
import { ResponseMessages } from "./response-messages.ts";
import { runImplementation } from "./run-implementation.ts";

/** The request of a streaming call: its only message, the stream of its messages, why it could not be read, or why nothing of it may run. */
export type StreamRequest =
  | { readonly message: Message }
  | { readonly messages: AsyncIterable<Message> }
  | { readonly error: unknown }
  | { readonly rejection: unknown };

/**
 * Runs a streaming call, through the interceptors, and resolves with the messages it answers with; those of a call that is answered with
 * one message are that one. `started` is called as soon as an implementation that streams first waits. Rejects with what the call fails with.
 */
export async function openMessages(
  call: Call,
  request: StreamRequest,
  started: () => void,
): Promise<AsyncIterator<unknown>> {
  if ("rejection" in request) throw request.rejection;
  if (call.method.interceptors.length === 0)
    return answerOf(call, inputOf(request), { context: call.context, started });
  const response = await intercept(call, { stream: true, message: asStream(request) }, async (passed, context) => {
    // The request of a streaming call is a stream, which interceptors may have changed.
    const passedMessages = passed.message as AsyncIterable<Message>;
    const input = call.method.readsOne
      ? await onlyMessageOf(passedMessages[Symbol.asyncIterator](), "server-streaming")
      : passedMessages;
    const messages = await answerOf(call, input, { context, started });
    return { [Symbol.asyncIterator]: () => messages };
  });
  // A streaming call has a streaming response.
  const { message, header, trailer } = response as StreamResponse;
  copyHeaders(header, call.responseHeader);
  return withTrailers(message[Symbol.asyncIterator](), () => copyHeaders(trailer, call.responseTrailer));
}

type ReadRequest = Exclude<StreamRequest, { readonly rejection: unknown }>;

/** What the implementation is given where there are no interceptors. */
function inputOf(request: ReadRequest): unknown {
  if ("error" in request) throw request.error;
  return "message" in request ? request.message : request.messages;
}

/** What interceptors are given. */
function asStream(request: ReadRequest): AsyncIterable<Message> {
  return "messages" in request ? request.messages : only(request);
}

async function* only(request: { readonly message: Message } | { readonly error: unknown }): AsyncGenerator<Message> {
  if ("error" in request) throw request.error;
  yield request.message;
}

/** The messages of an implementation that streams, or the one of an implementation that has ended, as Connect has it for interceptors. */
function answerOf(
  call: Call,
  input: unknown,
  { context, started }: { readonly context: HandlerContext; readonly started: () => void },
): AsyncIterator<unknown> | Promise<AsyncIterator<unknown>> {
  return call.method.sendsMany
    ? new ResponseMessages(call, input, context, started)
    : onlyResponse(call, input, context);
}

async function onlyResponse(call: Call, input: unknown, context: HandlerContext): Promise<AsyncIterator<unknown>> {
  return only({ message: completeMessage(call, await runImplementation(call, input, context)) });
}

/** The same messages; calls `ended` before it says that there are no more. */
function withTrailers(messages: AsyncIterator<unknown>, ended: () => void): AsyncIterator<unknown> {
  return {
    async next() {
      const result = await messages.next();
      if (result.done === true) ended();
      return result;
    },
    async return(value) {
      return (await messages.return?.(value)) ?? { done: true, value };
    },
  };
}
