import type { OutgoingHttpHeaders } from "node:http";
import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import type { BytesHolder } from "../messages/request-bytes.ts";
import { readBareBody } from "../protocols/connect/unary.ts";
import { declaredLength, ENVELOPE_BYTES, type Envelope, onlyMessage } from "../protocols/envelope.ts";
import { rejection } from "../protocols/reject.ts";
import { headersNow } from "../protocols/response-parts.ts";
import { AdmittedCall } from "./admitted-call.ts";
import type { RequestHead } from "./call.ts";
import { SWEEP_INTERVAL_MS, type TrackedCall } from "./calls-in-flight.ts";
import { type BodyReader, RequestBody } from "./request-body.ts";
import { type BodyWindow, onlyMessageOf, RequestMessages } from "./request-messages.ts";
import type { ResponseWriter, WholeResponse } from "./response-writer.ts";
import { isRetryLater, retryAfterOf } from "./retry-later.ts";
import { serveStream } from "./serve-stream.ts";
import { failUnary, serveUnary } from "./serve-unary.ts";
import type { CallSettings } from "./settings.ts";

/**
 * A call, whatever carries it: what carries it pushes the bytes of the request in (`receive`, `endRequest`, `disconnected`) and implements
 * where the response goes. Reads the request, has the implementation run, and sends what it makes.
 */
export abstract class ServerCall
  extends AdmittedCall
  implements TrackedCall, BodyReader, BodyWindow, BytesHolder, ResponseWriter
{
  previous: TrackedCall | undefined = undefined;
  next: TrackedCall | undefined = undefined;
  onRoom: (() => void) | undefined = undefined;
  protected readonly body = new RequestBody();
  /** Whether the only message of the request is being read, so that the read timeout counts. */
  protected isReading = false;
  /** Whether the headers went out before there was anything else to send. */
  protected openedEarly = false;
  private idleMs = 0;
  /** Bytes of the request that have come and for which the client may not yet send more. */
  protected owedBytes = 0;
  private messages: RequestMessages | undefined = undefined;

  constructor(settings: CallSettings, head: RequestHead) {
    super(settings, head);
    settings.calls.track(this);
    settings.observer?.started?.(this);
  }

  /** Whether even a whole response has to go out in parts, as the client takes them. */
  readonly sendsInParts: boolean = false;
  abstract readonly isClosed: boolean;
  abstract readonly headersSent: boolean;
  abstract sendResponse(response: WholeResponse): void;
  abstract sendHeaders(headers: OutgoingHttpHeaders): void;
  abstract sendMessage(envelope: Envelope): boolean;
  abstract sendStatus(last: Envelope | undefined, trailers: OutgoingHttpHeaders | undefined): void;
  abstract destroy(): void;
  /** What `content-length` of the request says. */
  protected abstract readonly contentLength: string | undefined;
  /** Lets the client send so many more bytes of its request. */
  abstract consumed(bytes: number): void;

  protected read(): void {
    if (!this.method.readsOne) {
      this.messages = new RequestMessages(this, this.body, this);
      // Until its first message is read an implementation may set headers by it, as with gRPC.
      if (this.method.sendsMany) this.messages.onFirstRead = () => this.sendHeadersNow();
      const { messages } = this;
      this.within(() => serveStream(this, { messages }));
      return;
    }
    this.isReading = true;
    this.openWindow(this.owedBytes);
    this.body.reader = this;
    this.onChange();
  }

  /** Takes a part of the body, which must not change. */
  receive(chunk: Uint8Array): void {
    const { body } = this;
    this.idleMs = 0;
    this.owedBytes += chunk.length;
    // What nobody reads any more is dropped; the only message of a call is read to its end, whatever its size.
    if (body.isFailed || this.isReading) this.openWindow(chunk.length);
    body.push(chunk);
    if (body.length > 0 && !this.isWhole) this.countHeldBytes();
  }

  /** Whether the only message is there: what comes in one piece, as most do, is never counted as held. */
  private get isWhole(): boolean {
    const { body, contentLength } = this;
    if (!this.isReading) return false;
    if (!this.format.enveloped) return body.length === Number(contentLength);
    return body.length >= ENVELOPE_BYTES && body.length === ENVELOPE_BYTES + declaredLength(body.peekStart());
  }

  private countHeldBytes(): void {
    const more = this.body.length - this.countedBytes;
    this.body.hold();
    if (more <= 0) return;
    const { requestBytes, fairShare } = this.settings;
    const refusal = this.share && fairShare?.holdBytes(this.share, more);
    this.countedBytes += more;
    if (refusal === undefined) requestBytes.add(this, more, this.method.readsOne);
    else {
      this.releaseHeldBytes();
      this.reject(refusal);
    }
  }

  /** All calls together hold too much, or this one comes too slowly. */
  reject(error: ConnectError): void {
    this.uncountBytes();
    if (this.isReading) this.body.fail(error);
    else this.abort(error);
  }

  /** Bytes of the request were read: they are held no longer, and as many may come again. */
  bytesRead(bytes: number): void {
    if (this.countedBytes > 0 && this.body.length === 0) this.releaseHeldBytes();
    this.openWindow(bytes);
  }

  private openWindow(bytes: number): void {
    this.owedBytes -= bytes;
    if (bytes > 0) this.consumed(bytes);
  }

  private releaseHeldBytes(): void {
    this.uncountBytes();
    this.settings.requestBytes.release(this);
  }

  private uncountBytes(): void {
    if (this.share !== undefined) this.share.bytes -= this.countedBytes;
    this.countedBytes = 0;
  }

  /** The request is the message that its query carries. */
  receiveQuery(message: Uint8Array): void {
    this.body.push(message);
    this.body.end();
  }

  /** The request has ended. */
  endRequest(): void {
    this.body.end();
  }

  /** The client has disconnected or reset the call, or has the whole response: to be called exactly once. */
  disconnected(cause: unknown): void {
    this.settings.calls.untrack(this);
    this.abort(cause);
    this.uncountForCaller();
  }

  drain(reason: unknown): void {
    if (this.method.desc.methodKind !== "unary") this.abort(reason);
  }

  sweep(): void {
    if (!this.isReading || this.body.ended) return;
    this.idleMs += SWEEP_INTERVAL_MS;
    const { readTimeoutMs } = this.settings;
    if (this.idleMs > readTimeoutMs) this.body.fail(readTimedOut(readTimeoutMs));
  }

  protected override finished(why: unknown): void {
    this.dropRequest(why);
  }

  protected dropRequest(why: unknown): void {
    this.body.fail(why);
    if (this.countedBytes > 0) this.releaseHeldBytes();
    this.openWindow(this.owedBytes);
  }

  /** Resolves when there is room again, or the call has ended: a client that stops reading does not hold its call past the deadline. */
  untilRoom(): Promise<void> {
    if (this.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      this.onRoom = resolve;
      this.onAbort = () => resolve();
    });
  }

  /** The response cannot be sent as it is. */
  broken(error: unknown): void {
    this.destroy();
    this.settings.onError(error);
  }

  /** The implementation waits for the first time: sends the headers of a stream, so that a client sees it open. */
  handlerWaits(): void {
    if (this.messages === undefined) this.sendHeadersNow();
  }

  private sendHeadersNow(): void {
    if (this.headersSent || this.isClosed || this.aborted) return;
    this.openedEarly = true;
    try {
      this.sendHeaders(headersNow(this.responseHeader, this.unchangedHeaders));
    } catch (error) {
      // A header that cannot be sent: the call fails with it.
      this.abort(error);
    }
  }

  /** More of the only message has come, or the body has ended or failed. */
  onChange(): void {
    const { body, format } = this;
    const error = body.isFailed ? body.failure : this.options.error;
    if (error !== undefined || body.isFailed) {
      this.failRequest(error);
      return;
    }
    try {
      const bytes = format.enveloped ? this.readEnveloped() : this.readBare();
      if (bytes === undefined) return;
      const { requestCompression } = this.options;
      if (format.enveloped || requestCompression === undefined) this.parse(bytes);
      else void this.parseCompressed(requestCompression, bytes);
    } catch (failure) {
      this.failRequest(failure);
    }
  }

  /** The bytes of the only message; undefined while it is not whole, and when it has to be read as a stream to find out what is wrong. */
  private readEnveloped(): Uint8Array | undefined {
    const { body, settings } = this;
    if (body.ended) {
      const bytes = onlyMessage(body.peek(), settings.readMaxBytes);
      if (bytes === undefined) this.readAsStream();
      return bytes;
    }
    if (body.length < ENVELOPE_BYTES) return undefined;
    const start = body.peekStart();
    const length = declaredLength(start);
    if (start[0] !== 0 || length > settings.readMaxBytes || body.length > ENVELOPE_BYTES + length) this.readAsStream();
    return undefined;
  }

  /** The body, which is the message itself; undefined while it is not whole. */
  private readBare(): Uint8Array | undefined {
    const { body, settings, context } = this;
    const promised = context.requestMethod === "GET" ? undefined : this.contentLength;
    return readBareBody(body, { maxBytes: settings.readMaxBytes, promised });
  }

  /** Reads a request that is not one plain message: compressed, in several envelopes, or wrong in some way. */
  private readAsStream(): void {
    const { methodKind } = this.method.desc;
    const messages = new RequestMessages(this, this.body, NO_WINDOW);
    onlyMessageOf(messages, methodKind === "unary" ? "unary" : "server-streaming").then(
      (message) => this.serve(message),
      (error) => this.failRequest(error),
    );
  }

  /** What the call ends with meanwhile comes first: its deadline, say, while others have their turn. `onChange` is called then. */
  private async parseCompressed(compression: Compression, bytes: Uint8Array): Promise<void> {
    const { body } = this;
    try {
      const message = await this.decompress(compression, bytes);
      if (!body.isFailed) this.parse(message);
    } catch (failure) {
      if (!body.isFailed) this.failRequest(failure);
    }
  }

  private parse(bytes: Uint8Array): void {
    const { method, format } = this;
    const message = method.serialization.getI(format.binary).parse(bytes);
    this.messageReceived(bytes.length);
    this.serve(message);
  }

  private serve(message: Message): void {
    this.endReading();
    if (this.isClosed) this.complete();
    else if (this.method.desc.methodKind === "unary") this.within(() => serveUnary(this, message));
    else this.within(() => serveStream(this, { message }));
  }

  /** Runs what serves the call. */
  private within(run: () => void): void {
    const { around } = this.settings;
    if (around === undefined) run();
    else around(this, run);
  }

  private failRequest(error: unknown): void {
    this.requestError = error;
    this.endReading();
    if (this.isClosed) this.complete(error);
    else if (this.method.desc.methodKind === "unary") failUnary(this, error);
    else serveStream(this, { error });
  }

  protected rejectRequest(error: unknown): void {
    this.requestError = error;
    const retryAfter = retryAfterOf(error);
    if (retryAfter !== undefined) this.responseHeader.set("retry-after", retryAfter);
    if (this.isClosed) this.complete(error);
    else if (isRetryLater(error) && this.carrier !== "websocket") this.sendErrorAlone(error);
    else if (this.method.desc.methodKind === "unary") failUnary(this, error);
    else serveStream(this, { rejection: error });
  }

  /** Sends an error with nothing before it: clients of gRPC make no call again that has had headers before its status. */
  private sendErrorAlone(error: ConnectError): void {
    try {
      const { headers, ...response } = rejection(this.format.contentType, this.fail(error));
      const retryAfter = retryAfterOf(error);
      this.sendResponse({ ...response, headers: { ...headers, ...(retryAfter && { "retry-after": retryAfter }) } });
    } catch (failure) {
      this.broken(failure);
    }
  }

  private endReading(): void {
    this.isReading = false;
    this.body.reader = undefined;
    this.body.drop();
    if (this.countedBytes > 0) this.releaseHeldBytes();
  }
}

/** For the only message of a call, whose window opens as its bytes come. */
const NO_WINDOW = { bytesRead: () => undefined };

function readTimedOut(limitMs: number): ConnectError {
  return new ConnectError(`nothing of the request has come for ${limitMs / 1_000} seconds`, Code.DeadlineExceeded);
}
