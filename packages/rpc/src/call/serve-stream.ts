import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { endOfCall } from "../protocols/end-of-call.ts";
import { compressEnvelope, type Envelope } from "../protocols/envelope.ts";
import { errorForClients, headersNow } from "../protocols/response-parts.ts";
import { encodeMessage } from "./encode-message.ts";
import { endIterator } from "./end-iterator.ts";
import { mapError } from "./map-error.ts";
import { roomOf } from "./room-of.ts";
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
    const mapped = mapError(call, thrown);
    error = errorForClients(mapped);
    // Before whoever makes the messages hears that nobody reads on: its signal says why.
    call.complete(mapped, true);
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
    const envelope = mayBeCompressed(call, plain) ? await compressed(call, plain) : plain;
    if (!call.headersSent) call.sendHeaders(headersNow(call.responseHeader, call.unchangedHeaders));
    if (call.sendMessage(envelope)) continue;
    await roomOf(call);
    if (call.aborted) throw call.reason;
  }
}

function mayBeCompressed({ options, settings }: ServerCall, { data }: Envelope): boolean {
  return options.responseCompression !== undefined && data.length >= settings.compressMinBytes;
}

function compressed({ options, settings }: ServerCall, envelope: Envelope): Promise<Envelope> {
  return compressEnvelope(envelope, options.responseCompression, settings.compressMinBytes);
}
