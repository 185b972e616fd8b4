import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type HandlerContext, type StreamResponse } from "@connectrpc/connect";
import { holdHeaders } from "../hold-headers.ts";
import type { DirectCall } from "./direct-call.ts";
import { GuardedMessages, implementationMessages } from "./guarded-messages.ts";
import { completeMessage, copyHeaders, intercept } from "./intercept.ts";
import { runImplementation } from "./race-call.ts";

/** The request of a streaming call: a stream for interceptors, and what the implementation is given. */
export interface StreamInput {
  /** What the implementation is given where there are no interceptors. */
  readonly input: unknown;
  /** What interceptors are given. */
  asStream(): AsyncIterable<Message>;
  /** What the implementation is given of the stream that they pass on. */
  fromStream(messages: AsyncIterable<Message>): unknown;
}

/** The request of a call that has one message. */
export function oneMessage(input: Message): StreamInput {
  return { input, asStream: () => only(input), fromStream: onlyOne };
}

/** The request of a call that has a stream of them. */
export function manyMessages(input: AsyncIterable<Message>): StreamInput {
  return { input, asStream: () => input, fromStream: (messages) => messages };
}

/**
 * Runs a streaming call, through the interceptors, and resolves with the messages it answers with; those of a call that is answered with
 * one message are that one. `started` is called as soon as an implementation that streams first waits, in a conversation after its first message.
 */
export async function openMessages(
  call: DirectCall,
  request: StreamInput,
  started: () => void,
): Promise<AsyncIterator<unknown>> {
  if (call.method.interceptors.length === 0) return answerOf(call, request.input, { context: call.context, started });
  const response = await intercept(call, { stream: true, message: request.asStream() }, async (passed, context) => {
    // The request of a streaming call is a stream, which interceptors may have changed.
    const input = await request.fromStream(passed.message as AsyncIterable<Message>);
    const messages = answerOf(call, input, { context, started });
    return { [Symbol.asyncIterator]: () => messages };
  });
  // A streaming call has a streaming response.
  const { message, header, trailer } = response as StreamResponse;
  copyHeaders(header, call.responseHeader);
  return withTrailers(message[Symbol.asyncIterator](), () => copyHeaders(trailer, call.responseTrailer));
}

function answerOf(
  call: DirectCall,
  input: unknown,
  { context, started }: { readonly context: HandlerContext; readonly started: () => void },
): AsyncIterator<unknown> {
  if (call.method.desc.methodKind === "client_streaming") return onlyAnswer(call, input, context);
  if (call.method.desc.methodKind === "server_streaming") {
    return new GuardedMessages(call, implementationMessages(call, input, context), context, started);
  }
  // The request of a conversation is a stream.
  const held = holdHeaders(input as AsyncIterable<unknown>, () => {
    if (!call.aborted) started();
  });
  return new GuardedMessages(call, implementationMessages(call, held, context), context, holdBack);
}

/** The headers of a conversation go out when its implementation has read a message and waits: see `holdHeaders`. */
function holdBack(): void {}

async function* onlyAnswer(call: DirectCall, input: unknown, context: HandlerContext): AsyncGenerator<unknown> {
  yield completeMessage(call, await runImplementation(call, input, context));
}

async function* only<T>(value: T): AsyncGenerator<T> {
  yield value;
}

/** The one message of a request. ConnectError when interceptors made it none or more. */
async function onlyOne<T>(messages: AsyncIterable<T>): Promise<T> {
  const iterator = messages[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done === true) throw protocolError("missing");
  const second = await iterator.next();
  if (second.done !== true) throw protocolError("received extra");
  return first.value;
}

function protocolError(what: string): ConnectError {
  return new ConnectError(`protocol error: ${what} input message for server-streaming method`, Code.Unimplemented);
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
