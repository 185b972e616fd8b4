import type { DescMethod, DescMethodStreaming, DescMethodUnary, Message } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { untilAborted } from "@triptych/rpc-web";
import type { Metadata } from "../request/metadata.ts";

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
export interface CallListener {
  readonly onHeaders: (headers: Headers) => void;
  readonly onMessage: (message: Message) => void;
  readonly onTrailers: (trailers: Headers) => void;
}

/** How a call ended: undefined is OK. */
export type CallEnd = ConnectError | undefined;

/**
 * Makes a call of any kind and tells of everything that comes back, in order. Once the signal is aborted nothing more is
 * told and the call is CANCELED, whatever the transport does. Never rejects.
 */
export async function runCall(request: CallRequest, listener: CallListener): Promise<CallEnd> {
  const { signal } = request;
  try {
    const { method } = request;
    if (isUnary(method)) await runUnary(method, request, listener);
    else if (isStreaming(method)) await runStream(method, request, listener);
    return undefined;
  } catch (reason) {
    return signal.aborted ? new ConnectError("the call was canceled", Code.Canceled) : ConnectError.from(reason);
  }
}

async function runUnary(method: DescMethodUnary, request: CallRequest, listener: CallListener): Promise<void> {
  const { transport, signal, timeoutMs, metadata } = request;
  const message = await first(request.messages);
  const call = transport.unary(method, signal, timeoutMs, headersOf(metadata), message);
  const response = await unlessAborted(call, signal);
  listener.onHeaders(response.header);
  listener.onMessage(response.message);
  listener.onTrailers(response.trailer);
}

async function runStream(method: DescMethodStreaming, request: CallRequest, listener: CallListener): Promise<void> {
  const { transport, signal, timeoutMs, metadata, messages } = request;
  const call = transport.stream(method, signal, timeoutMs, headersOf(metadata), messages);
  const response = await unlessAborted(call, signal);
  listener.onHeaders(response.header);
  for await (const message of untilAborted(response.message, signal)) listener.onMessage(message);
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

async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(signal.reason);
  signal.addEventListener("abort", onAbort);
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", onAbort);
  }
}
