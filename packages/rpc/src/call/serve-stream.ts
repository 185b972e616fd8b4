import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { endOfCall } from "../protocols/end-of-call.ts";
import { compressEnvelope, type Envelope } from "../protocols/envelope.ts";
import { headersNow } from "../protocols/response-parts.ts";
import { endIterator } from "./end-iterator.ts";
import type { ServerCall } from "./server-call.ts";
import { openMessages, type StreamRequest } from "./stream-request.ts";

/** Runs a streaming call and sends its response. */
export async function serveStream(call: ServerCall, request: StreamRequest): Promise<void> {
  let messages: AsyncIterator<unknown> | undefined;
  let error: ConnectError | undefined;
  try {
    messages = await openMessages(call, request, () => call.handlerWaits());
    await sendMessages(call, messages);
  } catch (thrown) {
    // Before the iterator is ended, so that the signal of the implementation has the reason by then.
    error = call.fail(thrown);
    if (messages !== undefined) void endIterator(messages);
  }
  call.complete();
  // In here and not after the promise of this function: each promise that waits for it is memory that an idle stream takes.
  try {
    await sendStatus(call, error);
  } catch (failure) {
    call.broken(failure);
  }
}

async function sendStatus(call: ServerCall, error: ConnectError | undefined): Promise<void> {
  if (call.isClosed) return;
  const { envelope, trailers } = endOfCall(call.format, call.responseTrailer, error);
  const last = envelope && mayBeCompressed(call, envelope) ? await compressed(call, envelope) : envelope;
  if (!call.headersSent) call.sendHeaders(headersNow(call.responseHeader, call.unchangedHeaders));
  if (!call.isClosed) call.sendStatus(last, trailers);
}

async function sendMessages(call: ServerCall, messages: AsyncIterator<unknown>): Promise<void> {
  for (;;) {
    const result = await messages.next();
    if (result.done === true) return;
    const plain = { flags: 0, data: encodeMessage(call, result.value as Message) };
    call.messageSent(plain.data.length);
    const envelope = mayBeCompressed(call, plain) ? await compressed(call, plain) : plain;
    if (!call.headersSent) call.sendHeaders(headersNow(call.responseHeader, call.unchangedHeaders));
    if (call.sendMessage(envelope)) continue;
    await call.untilRoom();
    if (call.aborted) throw call.reason;
  }
}

function mayBeCompressed({ options, settings }: ServerCall, { data }: Envelope): boolean {
  return options.responseCompression !== undefined && data.length >= settings.compressMinBytes;
}

function compressed({ options, settings }: ServerCall, envelope: Envelope): Promise<Envelope> {
  return compressEnvelope(envelope, options.responseCompression, settings.compressMinBytes);
}

const encodings = { binary: new WeakMap<Message, Uint8Array>(), json: new WeakMap<Message, Uint8Array>() };

/**
 * Serializes a message of a stream. One that is frozen can never change, so it is serialized once, however many streams it goes to:
 * an event that a thousand clients watch costs the work of one.
 */
function encodeMessage({ method, format }: ServerCall, message: Message): Uint8Array {
  const serialization = method.serialization.getO(format.binary);
  if (!Object.isFrozen(message)) return serialization.serialize(message);
  const known = format.binary ? encodings.binary : encodings.json;
  const bytes = known.get(message) ?? serialization.serialize(message);
  known.set(message, bytes);
  return bytes;
}
