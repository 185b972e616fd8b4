import type { DescMethod, DescMethodStreaming, DescMethodUnary, Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { untilAborted } from "@triptych/rpc-web";
import type { Metadata } from "../../../call-link/shared-call.ts";
import { nextTask } from "./next-task.ts";

/** For how long messages are taken without a pause, in milliseconds: well below what a person notices. */
const SLICE_MS = 8;

/** A call that is about to be made. */
export interface CallRequest {
  readonly transport: Transport;
  readonly method: DescMethod;
  /** What is sent; a method that takes one message takes the first. */
  readonly messages: AsyncIterable<Message>;
  readonly metadata: Metadata;
  /** The deadline, in milliseconds from the start; none where absent. */
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal;
}

/** Hears of a call as it happens. */
export interface MethodListener {
  readonly onHeaders: (headers: Headers) => void;
  readonly onMessage: (message: Message) => void;
  readonly onTrailers: (trailers: Headers) => void;
}

/**
 * Calls a method of any kind, and calls back with everything that comes, in order.
 * @throws ConnectError that the call ended with; the signal's reason once that is aborted.
 */
export async function callMethod(request: CallRequest, listener: MethodListener): Promise<void> {
  const { method } = request;
  if (isUnary(method)) await callUnary(method, request, listener);
  else if (isStreaming(method)) await callStream(method, request, listener);
}

async function callUnary(method: DescMethodUnary, request: CallRequest, listener: MethodListener): Promise<void> {
  const { transport, signal, timeoutMs, metadata } = request;
  const message = await first(request.messages);
  const response = await transport.unary(method, signal, timeoutMs, headersOf(metadata), message);
  listener.onHeaders(response.header);
  listener.onMessage(response.message);
  listener.onTrailers(response.trailer);
}

async function callStream(method: DescMethodStreaming, request: CallRequest, listener: MethodListener): Promise<void> {
  const { transport, signal, timeoutMs, metadata, messages } = request;
  const response = await transport.stream(method, signal, timeoutMs, headersOf(metadata), messages);
  listener.onHeaders(response.header);
  let until = performance.now() + SLICE_MS;
  for await (const message of untilAborted(response.message, signal)) {
    listener.onMessage(message);
    // Messages that are there already come one after another, without the page having a turn.
    if (performance.now() < until) continue;
    await nextTask();
    until = performance.now() + SLICE_MS;
  }
  listener.onTrailers(response.trailer);
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}

function isStreaming(method: DescMethod): method is DescMethodStreaming {
  return method.methodKind !== "unary";
}

function headersOf(metadata: Metadata): Headers {
  const headers = new Headers();
  for (const [name, value] of metadata) headers.append(name, value);
  return headers;
}

async function first(messages: AsyncIterable<Message>): Promise<Message> {
  for await (const message of messages) return message;
  throw new ConnectError("a call of this kind takes one message: got none", Code.InvalidArgument);
}
