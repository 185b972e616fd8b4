import type { Message } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { messageTooLarge } from "../messages/message-codec.ts";
import { COMPRESSED, declaredLength, ENVELOPE_BYTES } from "../protocols/envelope.ts";
import type { Call } from "./call.ts";
import type { BodyReader, RequestBody } from "./request-body.ts";

type Result = IteratorResult<Message, undefined>;

/** How many turns of the event loop after the end of a request its reset may come, which a client writes right behind it. */
const TURNS_TO_CANCEL = 3;

const DONE: Result = { done: true, value: undefined };

interface Waiter {
  resolve(result: Result | Promise<Result>): void;
  reject(error: unknown): void;
}

/** What lets a client send more when bytes of its request were consumed. */
export interface BodyWindow {
  bytesRead(bytes: number): void;
}

/**
 * The messages of a request as they come, in whatever pieces, parsed when they are asked for: what is not read stays bytes, for which the
 * client's window stays closed. Rejects with a ConnectError for what is no message, and with the reason when the call ends. To be read once.
 */
export class RequestMessages implements AsyncIterableIterator<Message, undefined>, BodyReader {
  /** Called once, when the reader has had a message and asks for the next, or will have none. */
  onFirstRead: (() => void) | undefined = undefined;
  private delivered = false;
  /** Bytes of the message that is not complete for which the client may have sent more already. */
  private reported = 0;
  private readonly call: Call;
  private readonly body: RequestBody;
  private readonly window: BodyWindow;
  private waiter: Waiter | undefined = undefined;
  private closed = false;
  /** What reading failed with: asking again fails with it again, and never gives an end of the request that did not come. */
  private failure: { readonly error: unknown } | undefined = undefined;

  constructor(call: Call, body: RequestBody, window: BodyWindow) {
    this.call = call;
    this.body = body;
    this.window = window;
    body.reader = this;
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<Result> {
    if (this.waiter !== undefined) return Promise.reject(new Error("one message is read at a time"));
    if (this.delivered) this.firstRead();
    try {
      const result = this.read();
      if (result !== undefined) return Promise.resolve(result);
    } catch (error) {
      this.fail(error);
      return Promise.reject(error);
    }
    this.askForRest();
    return new Promise((resolve, reject) => {
      this.waiter = { resolve, reject };
    });
  }

  return(): Promise<Result> {
    this.close();
    return Promise.resolve(DONE);
  }

  onChange(): void {
    const { waiter } = this;
    if (waiter === undefined) return;
    try {
      const result = this.read();
      if (result === undefined) {
        this.askForRest();
        return;
      }
      this.waiter = undefined;
      waiter.resolve(result);
    } catch (error) {
      this.fail(error);
    }
  }

  /**
   * The next message, the end, or undefined while neither has come.
   * @throws Error that the body, or a message, failed with.
   */
  private read(): Result | Promise<Result> | undefined {
    if (this.failure !== undefined) throw this.failure.error;
    if (this.closed) return DONE;
    const { body } = this;
    for (;;) {
      if (body.isFailed) throw body.failure;
      const { error, requestCompression } = this.call.options;
      if (error !== undefined) throw error;
      const envelope = this.takeEnvelope();
      if (envelope === undefined) break;
      const { flags, data } = envelope;
      if ((flags & COMPRESSED) !== 0) {
        if (requestCompression === undefined) throw notCompressible();
        return this.decompress(requestCompression, data, flags);
      }
      if (!this.isEnd(flags)) return this.parse(data);
    }
    if (!body.ended) return undefined;
    if (body.length > 0) throw new ConnectError("protocol error: incomplete envelope", Code.InvalidArgument);
    if (!this.call.method.readsOne) return this.confirmEnd();
    this.close();
    return DONE;
  }

  /**
   * The end of a stream of messages, unless its client takes it back at once: some clients, Node's among them, end a stream just before
   * they reset it, and what they have cancelled must not pass for complete.
   */
  private async confirmEnd(): Promise<Result> {
    for (let turn = 0; turn < TURNS_TO_CANCEL; turn++) await new Promise((resolve) => setImmediate(resolve));
    const { body } = this;
    if (body.isFailed && this.failure === undefined && !this.closed) this.fail(body.failure);
    if (this.failure !== undefined) throw this.failure.error;
    this.close();
    // Nothing more will be asked for; what is done before the event loop turns comes before that.
    if (this.onFirstRead !== undefined) setImmediate(() => this.firstRead());
    return DONE;
  }

  private firstRead(): void {
    const { onFirstRead } = this;
    this.onFirstRead = undefined;
    onFirstRead?.();
  }

  /** What is here of a message that is waited for counts as read, or a message that is larger than the window would never come. */
  private askForRest(): void {
    const owed = this.body.length - this.reported;
    if (owed <= 0) return;
    this.reported = this.body.length;
    this.window.bytesRead(owed);
  }

  private takeEnvelope() {
    const { body, call } = this;
    if (body.length < ENVELOPE_BYTES) return undefined;
    const start = body.peekStart();
    const length = declaredLength(start);
    const { readMaxBytes } = call.settings;
    if (length > readMaxBytes) throw messageTooLarge(readMaxBytes, length);
    if (body.length < ENVELOPE_BYTES + length) return undefined;
    const bytes = body.take(ENVELOPE_BYTES + length);
    const owed = bytes.length - this.reported;
    this.reported = Math.max(0, -owed);
    if (owed > 0) this.window.bytesRead(owed);
    return { flags: bytes[0] ?? 0, data: bytes.subarray(ENVELOPE_BYTES) };
  }

  private isEnd(flags: number): boolean {
    const { endFlag } = this.call.format;
    return endFlag !== 0 && (flags & endFlag) === endFlag;
  }

  private parse(data: Uint8Array): Result {
    const { method, format } = this.call;
    const value = method.serialization.getI(format.binary).parse(data);
    this.delivered = true;
    this.call.messageReceived(data.length);
    return { done: false, value };
  }

  private async decompress(compression: Compression, data: Uint8Array, flags: number): Promise<Result> {
    try {
      const bytes = await this.call.decompress(compression, data);
      if (!this.isEnd(flags)) return this.parse(bytes);
    } catch (error) {
      this.fail(error);
      throw error;
    }
    return this.next();
  }

  private fail(error: unknown): void {
    this.call.requestError = error;
    this.failure ??= { error };
    this.close();
  }

  /** Nothing more is read: a read that waits is settled. */
  private close(): void {
    this.closed = true;
    const { waiter, failure } = this;
    this.waiter = undefined;
    if (failure === undefined) waiter?.resolve(DONE);
    else waiter?.reject(failure.error);
  }
}

function notCompressible(): ConnectError {
  return new ConnectError("received compressed envelope, but do not know how to decompress", Code.Internal);
}

/** The one message of a request. ConnectError when there is none, or more than one. */
export async function onlyMessageOf<T>(messages: AsyncIterator<T>, kind: "unary" | "server-streaming"): Promise<T> {
  const first = await messages.next();
  if (first.done === true) throw protocolError("missing", kind);
  const second = await messages.next();
  if (second.done !== true) throw protocolError("received extra", kind);
  return first.value;
}

function protocolError(what: string, kind: string): ConnectError {
  return new ConnectError(`protocol error: ${what} input message for ${kind} method`, Code.Unimplemented);
}
