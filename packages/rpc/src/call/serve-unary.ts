import type { Message } from "@bufbuild/protobuf";
import type { ConnectError, UnaryResponse } from "@connectrpc/connect";
import { errorBody, unaryHeaders } from "../protocols/connect/unary.ts";
import { endOfCall } from "../protocols/end-of-call.ts";
import { compressEnvelope, type Envelope, envelope, joinEnvelopes } from "../protocols/envelope.ts";
import { mergedVary } from "../protocols/merge-headers.ts";
import { errorForClients, headersNow } from "../protocols/response-parts.ts";
import { completeMessage, copyHeaders, intercept } from "./intercept.ts";
import { isThenable, runImplementation } from "./run-implementation.ts";
import type { ServerCall } from "./server-call.ts";

/** Runs a unary call and sends its response. */
export function serveUnary(call: ServerCall, input: Message): void {
  let result: unknown;
  try {
    const { interceptors } = call.method;
    result = interceptors.length > 0 ? runAll(call, input) : runImplementation(call, input, call.context);
  } catch (error) {
    failUnary(call, error);
    return;
  }
  if (!isThenable(result)) {
    succeed(call, result);
    return;
  }
  result.then(
    (message) => succeed(call, message),
    (error) => failUnary(call, error),
  );
}

/** Ends a unary call with an error. */
export function failUnary(call: ServerCall, thrown: unknown): void {
  respond(call, undefined, call.fail(thrown));
}

function succeed(call: ServerCall, message: unknown): void {
  let output: Message;
  try {
    // What interceptors return is sent as it is; what they were given was complete.
    output = call.method.interceptors.length > 0 ? (message as Message) : completeMessage(call, message);
  } catch (error) {
    failUnary(call, error);
    return;
  }
  respond(call, output, undefined);
}

/** Runs a unary call through its interceptors, and resolves with what they answer. */
async function runAll(call: ServerCall, input: Message): Promise<unknown> {
  const response = await intercept(call, { stream: false, message: input }, async (request, context) =>
    completeMessage(call, await runImplementation(call, request.message, context)),
  );
  // A unary call has a unary response.
  const { message, header, trailer } = response as UnaryResponse;
  copyHeaders(header, call.responseHeader);
  copyHeaders(trailer, call.responseTrailer);
  return message;
}

function respond(call: ServerCall, output: Message | undefined, error: ConnectError | undefined): void {
  if (call.isClosed) {
    call.complete(error);
    return;
  }
  try {
    sendOutcome(call, output, error)?.catch((failure) => call.broken(failure));
  } catch (failure) {
    call.broken(failure);
  }
}

/** Sends the message, or the error when it cannot be serialized, or the error that there is. */
function sendOutcome(
  call: ServerCall,
  output: Message | undefined,
  error: ConnectError | undefined,
): Promise<void> | undefined {
  let bytes: Uint8Array | undefined;
  if (output !== undefined) {
    try {
      bytes = call.method.serialization.getO(call.format.binary).serialize(output);
      call.messageSent(bytes.length);
    } catch (failure) {
      error = errorForClients(failure);
    }
  }
  const { format, options } = call;
  if (call.sendsInParts || format.text.response || (format.enveloped && options.responseCompression !== undefined)) {
    return sendInParts(call, bytes, error);
  }
  call.complete(error);
  if (!format.enveloped) return sendBare(call, bytes, error);
  sendEnveloped(call, bytes, error);
  return undefined;
}

function sendEnveloped(call: ServerCall, message: Uint8Array | undefined, error: ConnectError | undefined): void {
  const headers = headersNow(call.responseHeader, call.unchangedHeaders);
  const { envelope: last, trailers } = endOfCall(call.format, call.responseTrailer, error);
  let body: Uint8Array | undefined;
  if (last !== undefined) body = joinEnvelopes(message === undefined ? [last] : [{ flags: 0, data: message }, last]);
  else if (message !== undefined) body = envelope(0, message);
  call.sendResponse({ status: 200, headers, body, trailers });
}

/** Sends a response like a stream of one message: compressed, as text, or as fast as the client takes it. */
async function sendInParts(
  call: ServerCall,
  message: Uint8Array | undefined,
  error: ConnectError | undefined,
): Promise<void> {
  const compress = async (plain: Envelope | undefined) =>
    plain && (await compressEnvelope(plain, call.options.responseCompression, call.settings.compressMinBytes));
  const first = await compress(message && { flags: 0, data: message });
  call.sendHeaders(headersNow(call.responseHeader, call.unchangedHeaders));
  // Over HTTP what waits for its client has a time limit once the response is complete; a socket sends part by part.
  if (first !== undefined && !call.sendMessage(first) && call.sendsInParts) await call.untilRoom();
  const failure = call.aborted ? call.reason : error;
  call.complete(failure);
  const sent = failure === undefined ? undefined : errorForClients(failure);
  const end = endOfCall(call.format, call.responseTrailer, sent);
  const last = await compress(end.envelope);
  if (!call.isClosed) call.sendStatus(last, end.trailers);
}

const NO_BYTES = new Uint8Array(0);

/** Sends the response to a unary call of Connect: the message as it is, or an error as JSON with a status of HTTP. */
function sendBare(
  call: ServerCall,
  message: Uint8Array | undefined,
  error: ConnectError | undefined,
): Promise<void> | undefined {
  const { status, body } =
    error === undefined ? { status: 200, body: message ?? NO_BYTES } : errorBody(call.responseHeader, error);
  const { options, settings } = call;
  if (options.responseCompression !== undefined && body.length >= settings.compressMinBytes) {
    return sendCompressed(call, status, body);
  }
  sendBody(call, status, body);
  return undefined;
}

async function sendCompressed(call: ServerCall, status: number, body: Uint8Array): Promise<void> {
  const { responseCompression } = call.options;
  if (responseCompression === undefined) return;
  const compressed = await responseCompression.compress(body as Uint8Array<ArrayBuffer>);
  call.responseHeader.set(call.format.encodingHeader, responseCompression.name);
  if (!call.isClosed) sendBody(call, status, compressed);
}

function sendBody(call: ServerCall, status: number, body: Uint8Array): void {
  const isGet = call.context.requestMethod === "GET";
  const { responseHeader, responseTrailer } = call;
  // A cache must not give what is compressed to a client that cannot read it, nor what is meant for one client to another.
  if (isGet || body.length >= call.settings.compressMinBytes || responseHeader.changed?.has("content-encoding")) {
    responseHeader.set("vary", mergedVary(responseHeader.get("vary"), "accept-encoding"));
  }
  if (isGet && !responseHeader.has("cache-control")) responseHeader.set("cache-control", "no-store");
  const headers = unaryHeaders(responseHeader, responseTrailer, call.unchangedHeaders);
  call.sendResponse({ status, headers, body, trailers: undefined });
}
