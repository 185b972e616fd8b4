import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import type { ByteQueue } from "@triptych/wire/byte-queue.ts";
import type { CallTerms } from "../direct/call-terms.ts";
import { DirectCall } from "../direct/direct-call.ts";
import type { DirectMethod } from "../direct/direct-method.ts";
import { encodeMessage } from "../direct/encode-message.ts";
import { errorForClients, finalTrailers } from "../direct/end-of-call.ts";
import { declaredLength, ENVELOPE_BYTES, envelope } from "../direct/envelope.ts";
import { completeMessage } from "../direct/intercept.ts";
import { manyMessages, oneMessage, openMessages } from "../direct/open-messages.ts";
import { parseInput } from "../direct/parse-input.ts";
import { runImplementation } from "../direct/race-call.ts";
import { runAll } from "../direct/serve-unary.ts";
import { grpcWebProto } from "../direct/wire-format.ts";
import { readMessages } from "./read-messages.ts";
import type { CallSink, SocketCall } from "./run-call.ts";

/** A call, as the direct path runs it. */
export interface DirectSocketCall extends SocketCall {
  readonly header: Headers;
  readonly terms: CallTerms;
  /** Aborted when the server starts to drain: streams end with the reason. */
  readonly draining: AbortSignal;
}

/**
 * Runs a call of any kind without the library, and resolves with undefined when it is over; with the body, to be read from its start, when
 * that is not one plain message where there should be one: what is wrong then is for the library to say.
 */
export async function runDirectCall(
  method: DirectMethod,
  socketCall: DirectSocketCall,
  sink: CallSink,
): Promise<AsyncIterable<Uint8Array> | undefined> {
  const { methodKind } = method.desc;
  const hasOneMessage = methodKind === "unary" || methodKind === "server_streaming";
  const { terms, header, handlers, body } = socketCall;
  const call = new DirectCall({
    ...{ method, format: grpcWebProto, terms, requestHeader: header, handlers },
    origin: "http://localhost",
  });
  const release = followEnds(call, socketCall);
  try {
    if (!hasOneMessage) {
      await answer(call, manyMessages(readMessages(body, method)), sink);
      return undefined;
    }
    const read = await readOne(body, method);
    if ("rest" in read) {
      // Before the end of this call ends its body, too.
      release();
      call.end();
      return read.rest;
    }
    if ("failure" in read) endWithError(call, read.failure, sink);
    else if (methodKind === "unary") await answerUnary(call, read.input, sink);
    else await answer(call, oneMessage(read.input), sink);
    return undefined;
  } finally {
    release();
  }
}

/** Ends the call when its client leaves, and a stream when the server drains; returns what stops that. */
function followEnds(call: DirectCall, { signal, draining, body }: DirectSocketCall): () => void {
  // A client that never ends its side must not keep an implementation waiting beyond the end of the call.
  const endInput = () => body.fail(call.reason);
  const leave = () => call.abort(signal.reason);
  const drain = () => call.abort(draining.reason);
  const isStream = call.method.desc.methodKind !== "unary";
  call.context.signal.addEventListener("abort", endInput, { once: true });
  signal.addEventListener("abort", leave, { once: true });
  if (isStream) draining.addEventListener("abort", drain, { once: true });
  if (signal.aborted) leave();
  return () => {
    call.context.signal.removeEventListener("abort", endInput);
    signal.removeEventListener("abort", leave);
    draining.removeEventListener("abort", drain);
  };
}

/** The message of a request; or the body of one that is not one plain message; or why it could not be read to its end. */
type ReadBody =
  | { readonly input: Message }
  | { readonly rest: AsyncIterable<Uint8Array> }
  | { readonly failure: unknown };

async function readOne(body: ByteQueue, method: DirectMethod): Promise<ReadBody> {
  const chunks: Uint8Array[] = [];
  const holder = { refuse: (error: ConnectError) => body.fail(error) };
  const iterator = body[Symbol.asyncIterator]();
  let length = 0;
  let complete = false;
  try {
    while (length <= method.maxMessageBytes + ENVELOPE_BYTES) {
      const result = await iterator.next();
      complete = result.done === true;
      if (result.done === true) break;
      chunks.push(result.value);
      length += result.value.length;
      if (!isWhole(chunks[0], length)) method.requestBytes.add(holder, result.value.length);
    }
  } catch (failure) {
    return { failure };
  } finally {
    method.requestBytes.release(holder);
  }
  const source = { method, format: grpcWebProto, headers: {} };
  const input = parseInput(source, { chunks, complete }, method.maxMessageBytes);
  return input === undefined ? { rest: replay(chunks, iterator) } : { input };
}

/** Whether so many bytes are one message: what comes in one piece, as most do, is never counted as held. */
function isWhole(first: Uint8Array | undefined, length: number): boolean {
  return first !== undefined && first.length >= ENVELOPE_BYTES && length === ENVELOPE_BYTES + declaredLength(first);
}

async function* replay(chunks: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* chunks;
  yield* { [Symbol.asyncIterator]: () => rest };
}

function endWithError(call: DirectCall, failure: unknown, sink: CallSink): void {
  call.end(failure);
  sink.sendHeaders(call.responseHeader.all);
  sink.sendTrailers(finalTrailers(call, errorForClients(failure)));
}

async function answerUnary(call: DirectCall, input: Message, sink: CallSink): Promise<void> {
  let bytes: Uint8Array | undefined;
  let error: ConnectError | undefined;
  try {
    const isIntercepted = call.method.interceptors.length > 0;
    const output = isIntercepted
      ? await runAll(call, input)
      : completeMessage(call, await runImplementation(call, input, call.context));
    // What interceptors return is sent as it is.
    bytes = call.method.serialization.getO(true).serialize(output as Message);
  } catch (thrown) {
    error = errorForClients(thrown);
  }
  const { signal } = call.context;
  sink.sendHeaders(call.responseHeader.all);
  if (bytes !== undefined && !(await sink.sendMessage(envelope(0, bytes), signal))) return call.end();
  call.end(error);
  sink.sendTrailers(finalTrailers(call, error));
}

async function answer(call: DirectCall, input: ReturnType<typeof oneMessage>, sink: CallSink): Promise<void> {
  let hasHeader = false;
  const sendHeaders = () => {
    if (!hasHeader) sink.sendHeaders(call.responseHeader.all);
    hasHeader = true;
  };
  const { signal } = call.context;
  let messages: AsyncIterator<unknown> | undefined;
  let error: ConnectError | undefined;
  try {
    messages = await openMessages(call, input, sendHeaders);
    for (;;) {
      const result = await messages.next();
      if (result.done === true) break;
      const bytes = encodeMessage(call, result.value as Message);
      sendHeaders();
      if (!(await sink.sendMessage(envelope(0, bytes), signal))) {
        call.end();
        void messages.return?.().catch(() => undefined);
        return;
      }
      if (call.aborted) throw call.reason;
    }
  } catch (thrown) {
    error = errorForClients(thrown);
    call.end(thrown);
    void messages?.return?.().catch(() => undefined);
  }
  call.end();
  sendHeaders();
  sink.sendTrailers(finalTrailers(call, error));
}
