import type { OutgoingHttpHeaders } from "node:http";
import type { Message } from "@bufbuild/protobuf";
import type { ConnectError, UnaryResponse } from "@connectrpc/connect";
import { mergeNonProtocolHeaders } from "@connectrpc/connect/protocol";
import {
  codeToHttpStatus,
  contentTypeUnaryJson,
  errorToJsonBytes,
  trailerMux,
} from "@connectrpc/connect/protocol-connect";
import { mergedVary } from "../merge-headers.ts";
import { isCompressible } from "../unary-answer.ts";
import type { DirectCall } from "./direct-call.ts";
import { endOfCall, errorForClients, headersNow, okEnvelopes, sendable } from "./end-of-call.ts";
import { compressedEnvelope, ENVELOPE_BYTES, envelope, isWorthCompressing, writeEnvelope } from "./envelope.ts";
import { completeMessage, copyHeaders, intercept } from "./intercept.ts";
import { isThenable, runImplementation } from "./race-call.ts";
import type { Reply } from "./reply.ts";

/** Who hears of what cannot be sent at all. */
export interface BreakageListener {
  broken(error: unknown): void;
}

/** Runs a unary call and answers it. */
export function serveUnary(call: DirectCall, input: Message, reply: Reply, listener: BreakageListener): void {
  const isIntercepted = call.method.interceptors.length > 0;
  let result: unknown;
  try {
    result = isIntercepted ? runAll(call, input) : runImplementation(call, input, call.context);
  } catch (error) {
    fail(call, error, reply, listener);
    return;
  }
  if (!isThenable(result)) {
    succeed(call, result, reply, listener);
    return;
  }
  result.then(
    (message) => succeed(call, message, reply, listener),
    (error) => fail(call, error, reply, listener),
  );
}

function succeed(call: DirectCall, message: unknown, reply: Reply, listener: BreakageListener): void {
  const isIntercepted = call.method.interceptors.length > 0;
  let output: Message;
  try {
    // What interceptors return is sent as it is; what they were given was complete.
    output = isIntercepted ? (message as Message) : completeMessage(call, message);
  } catch (error) {
    fail(call, error, reply, listener);
    return;
  }
  answer(call, { output, error: undefined }, reply, listener);
}

function fail(call: DirectCall, error: unknown, reply: Reply, listener: BreakageListener): void {
  call.end(error);
  answer(call, { output: undefined, error: errorForClients(error) }, reply, listener);
}

/** What a unary call is answered with. */
interface Outcome {
  readonly output: Message | undefined;
  readonly error: ConnectError | undefined;
}

function answer(call: DirectCall, { output, error }: Outcome, reply: Reply, listener: BreakageListener): void {
  if (reply.gone) return;
  try {
    answerUnary(call, output, error, reply)?.catch((failure) => listener.broken(failure));
  } catch (failure) {
    listener.broken(failure);
  }
}

/** Runs a unary call through its interceptors, and resolves with what they answer. */
export async function runAll(call: DirectCall, input: Message): Promise<unknown> {
  const response = await intercept(call, { stream: false, message: input }, async (request, context) =>
    completeMessage(call, await runImplementation(call, request.message, context)),
  );
  // A unary call has a unary response.
  const { message, header, trailer } = response as UnaryResponse;
  copyHeaders(header, call.responseHeader);
  copyHeaders(trailer, call.responseTrailer);
  return message;
}

/** Sends the message, or the error when it cannot be serialized, or the error that there is. */
function answerUnary(
  call: DirectCall,
  output: Message | undefined,
  error: ConnectError | undefined,
  reply: Reply,
): Promise<void> | undefined {
  let bytes: Uint8Array | undefined;
  if (output !== undefined) {
    try {
      bytes = call.method.serialization.getO(call.format.binary).serialize(output);
    } catch (failure) {
      error = errorForClients(failure);
    }
  }
  call.end(error);
  return call.format.enveloped ? sendEnveloped(call, bytes, error, reply) : sendBare(call, bytes, error, reply);
}

function sendEnveloped(
  call: DirectCall,
  message: Uint8Array | undefined,
  error: ConnectError | undefined,
  reply: Reply,
): Promise<void> | undefined {
  const { terms, format, responseTrailer } = call;
  const headers = headersNow(call.responseHeader, call.unchangedHeaders);
  if (terms.compression !== undefined) return sendCompressed(call, message, error, { headers, reply });
  const last = okEnvelopes[format.protocol];
  if (message !== undefined && last !== undefined && responseTrailer.changed === undefined) {
    const body = Buffer.allocUnsafe(ENVELOPE_BYTES + message.length + last.length);
    body.set(last, writeEnvelope(body, 0, 0, message));
    reply.send({ status: 200, headers, body, trailers: undefined });
    return undefined;
  }
  const { frame, trailers } = endOfCall(call, error);
  const first = message === undefined ? undefined : envelope(0, message);
  const body = joined(first, frame && envelope(frame.flags, frame.data));
  reply.send({ status: 200, headers, body, trailers });
  return undefined;
}

async function sendCompressed(
  call: DirectCall,
  message: Uint8Array | undefined,
  error: ConnectError | undefined,
  { headers, reply }: { readonly headers: ReturnType<typeof headersNow>; readonly reply: Reply },
): Promise<void> {
  const first = message && (await maybeCompressed(call, 0, message));
  const { frame, trailers } = endOfCall(call, error);
  const body = joined(first, frame && (await maybeCompressed(call, frame.flags, frame.data)));
  if (!reply.gone) reply.send({ status: 200, headers, body, trailers });
}

async function maybeCompressed({ terms }: DirectCall, flags: number, data: Uint8Array): Promise<Uint8Array> {
  const { compression } = terms;
  if (compression === undefined || !isWorthCompressing(data)) return envelope(flags, data);
  return compressedEnvelope(flags, data, compression);
}

function joined(first: Uint8Array | undefined, second: Uint8Array | undefined): Uint8Array | undefined {
  if (first === undefined || second === undefined) return first ?? second;
  return Buffer.concat([first, second]);
}

/** Answers a Connect unary call, whose message is the body as it is and whose error is JSON with a status of HTTP. */
function sendBare(
  call: DirectCall,
  message: Uint8Array | undefined,
  error: ConnectError | undefined,
  reply: Reply,
): Promise<void> | undefined {
  const header = call.responseHeader;
  if (error !== undefined) {
    header.set("content-type", contentTypeUnaryJson);
    if (!isWireError(error)) mergeNonProtocolHeaders(header.all, error.metadata);
  }
  const status = error === undefined ? 200 : codeToHttpStatus(error.code);
  const body = error === undefined ? (message ?? NO_BYTES) : errorToJsonBytes(error, undefined);
  const { compression } = call.terms;
  if (compression !== undefined && isWorthCompressing(body)) {
    return sendCompressedBare(call, { status, body, reply });
  }
  sendBody(call, { status, body, reply, mayVary: isCompressible(body.length) });
  return undefined;
}

const NO_BYTES = new Uint8Array(0);

interface BareAnswer {
  readonly status: number;
  readonly body: Uint8Array;
  readonly reply: Reply;
}

interface SentAnswer extends BareAnswer {
  /** Whether others get the same body compressed, or not compressed. */
  readonly mayVary: boolean;
}

async function sendCompressedBare(call: DirectCall, { status, body, reply }: BareAnswer): Promise<void> {
  const { compression } = call.terms;
  if (compression === undefined) return;
  const compressed = await compression.compress(body as Uint8Array<ArrayBuffer>);
  call.responseHeader.set(call.format.encodingHeader, compression.name);
  if (!reply.gone) sendBody(call, { status, body: compressed, reply, mayVary: true });
}

function sendBody(call: DirectCall, { status, body, reply, mayVary }: SentAnswer): void {
  const { responseHeader, responseTrailer } = call;
  const headers =
    responseHeader.changed === undefined && responseTrailer.changed === undefined
      ? call.unchangedHeaders
      : sendable(trailerMux(responseHeader.all, responseTrailer.all));
  const sent: OutgoingHttpHeaders = { ...headers, "content-length": body.length };
  if (mayVary) sent.vary = mergedVary(sent.vary?.toString(), "accept-encoding");
  reply.send({ status, headers: sent, body, trailers: undefined });
}

/** Whether an error came from another server, whose metadata are not ours to pass on. */
function isWireError(error: ConnectError): boolean {
  return "isWireError" in error && error.isWireError === true;
}
