import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { endOfCall } from "../protocols/end-of-call.ts";
import { compressEnvelope, type Envelope } from "../protocols/envelope.ts";
import { headersNow } from "../protocols/response-parts.ts";
import { encodeOnce } from "./encode-once.ts";
import { endIterator } from "./end-iterator.ts";
import { type MessageReceiver, ResponseMessages } from "./response-messages.ts";
import type { ServerCall } from "./server-call.ts";
import { openMessages, type StreamRequest } from "./stream-request.ts";

/** Runs a streaming call and sends its response. */
export function serveStream(call: ServerCall, request: StreamRequest): void {
  openMessages(call, request, () => call.handlerWaits()).then(
    (messages) => new MessageSender(call, messages).pull(),
    (thrown) => void end(call, call.fail(thrown)),
  );
}

/**
 * Sends the messages of a stream one after the other, as its client takes them, and then its status. No async function: what one keeps while
 * it waits is memory of every idle stream (the row idle-memory of the benchmark).
 */
class MessageSender implements MessageReceiver {
  private readonly call: ServerCall;
  private readonly messages: AsyncIterator<unknown>;

  constructor(call: ServerCall, messages: AsyncIterator<unknown>) {
    this.call = call;
    this.messages = messages;
  }

  /** Asks for the next message. */
  pull(): void {
    const { messages } = this;
    if (messages instanceof ResponseMessages) messages.pull(this);
    else void this.pullOne();
  }

  private async pullOne(): Promise<void> {
    let result: IteratorResult<unknown>;
    try {
      result = await this.messages.next();
    } catch (error) {
      this.fail(error);
      return;
    }
    this.receive(result);
  }

  receive(result: IteratorResult<unknown>): void {
    const { call } = this;
    if (result.done === true) {
      void end(call, undefined);
      return;
    }
    try {
      const { method, format } = call;
      // The implementation of a method answers with its messages.
      const data = encodeOnce(method.serialization.getO(format.binary), result.value as Message, format.binary);
      const plain = { flags: 0, data };
      call.messageSent(plain.data.length);
      if (mayBeCompressed(call, plain)) void this.sendCompressed(plain);
      else this.send(plain);
    } catch (error) {
      this.fail(error);
    }
  }

  fail(thrown: unknown): void {
    // Before the iterator is ended, so that the signal of the implementation has the reason by then.
    const error = this.call.fail(thrown);
    void endIterator(this.messages);
    void end(this.call, error);
  }

  private async sendCompressed(plain: Envelope): Promise<void> {
    try {
      this.send(await compressed(this.call, plain));
    } catch (error) {
      this.fail(error);
    }
  }

  private send(envelope: Envelope): void {
    const { call } = this;
    if (!call.headersSent) call.sendHeaders(headersNow(call.responseHeader, call.unchangedHeaders));
    if (call.sendMessage(envelope)) this.pull();
    else void this.pullWhenRoom();
  }

  private async pullWhenRoom(): Promise<void> {
    const { call } = this;
    await call.untilRoom();
    if (call.aborted) this.fail(call.reason);
    else this.pull();
  }
}

/** Ends the call and sends its status. */
async function end(call: ServerCall, error: ConnectError | undefined): Promise<void> {
  call.complete();
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

function mayBeCompressed({ options, settings }: ServerCall, { data }: Envelope): boolean {
  return options.responseCompression !== undefined && data.length >= settings.compressMinBytes;
}

function compressed({ options, settings }: ServerCall, envelope: Envelope): Promise<Envelope> {
  return compressEnvelope(envelope, options.responseCompression, settings.compressMinBytes);
}
