import { Code, ConnectError } from "@connectrpc/connect";
import { createByteQueue } from "@triptych/wire/byte-queue.ts";
import { encodeFrame, type ServerFrame } from "@triptych/wire/call-frames.ts";
import { MAX_DATA_BYTES } from "@triptych/wire/call-protocol.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import { createReceiveWindow } from "@triptych/wire/receive-window.ts";
import { createWaitingSendWindow } from "@triptych/wire/waiting-send-window.ts";
import type { FrameRecorder } from "./frame-recorder.ts";
import type { SocketWriter } from "./socket-writer.ts";

/** A call over a shared socket, in bytes. */
export interface ClientCall {
  /** The response headers; undefined when there are only trailers. Rejects with a ConnectError when the call fails before. */
  readonly headers: Promise<Headers | undefined>;
  /** The bytes of the length-prefixed response messages, to be read once. Rejects with a ConnectError when the call fails. */
  readonly body: AsyncIterable<Uint8Array>;
  /** The trailers, once the body has come to its end. */
  readonly trailers: Headers | undefined;
  /** Sends bytes of length-prefixed messages as fast as the server takes them; resolves with false when the call has ended. */
  send(bytes: Uint8Array): Promise<boolean>;
  /** Sends no more messages. */
  end(): void;
  /** Cancels the call, if it has not ended: what waits for the response gets the reason. */
  cancel(reason: ConnectError): void;
}

/** The same call as the socket drives it. */
export interface DrivenCall {
  readonly call: ClientCall;
  /**
   * Takes a frame of the stream.
   * @throws ProtocolError when it may not come now.
   */
  receive(frame: CallServerFrame): void;
  /** The call cannot go on. */
  fail(reason: ConnectError): void;
}

/** What a server sends on a stream. */
export type CallServerFrame = Exclude<ServerFrame, { readonly type: "goaway" }>;

/** What a call works with. */
export interface ClientCallOptions {
  readonly stream: number;
  readonly writer: SocketWriter;
  readonly recorder: FrameRecorder;
  /** Called once when the call has ended, unless it was made to fail: whether because it was cancelled. */
  readonly onEnd: (isCancelled: boolean) => void;
}

/** Creates the call of a stream that has been opened. */
export function createClientCall(options: ClientCallOptions): DrivenCall {
  return new StreamCall(options);
}

class StreamCall implements ClientCall, DrivenCall {
  readonly call = this;
  readonly body: AsyncIterable<Uint8Array>;
  trailers: Headers | undefined;
  private readonly options: ClientCallOptions;
  private readonly opened = Promise.withResolvers<Headers | undefined>();
  private readonly sendWindow = createWaitingSendWindow();
  private readonly receiveWindow = createReceiveWindow((bytes) => this.sendWindowUpdate(bytes));
  private readonly received = createByteQueue((bytes) => this.receiveWindow.use(bytes));
  private hasHeaders = false;
  private hasEnded = false;

  constructor(options: ClientCallOptions) {
    this.options = options;
    this.body = this.received;
    // A caller that no longer waits for the headers need not handle that they never came.
    this.opened.promise.catch(() => undefined);
  }

  get headers(): Promise<Headers | undefined> {
    return this.opened.promise;
  }

  receive(frame: CallServerFrame): void {
    const { recorder } = this.options;
    switch (frame.type) {
      case "headers":
        if (this.hasHeaders) throw new ProtocolError("headers come once");
        this.hasHeaders = true;
        recorder.receivedHeaders(frame.metadata);
        this.opened.resolve(frame.metadata);
        break;
      case "data":
        if (!this.hasHeaders) throw new ProtocolError("headers come before data");
        this.receiveWindow.receive(frame.bytes.length);
        recorder.received(frame.bytes);
        this.received.push(frame.bytes);
        break;
      case "credit":
        recorder.receivedWindowUpdate(frame.bytes);
        this.sendWindow.update(frame.bytes);
        break;
      case "trailers":
        this.finish(frame.metadata);
    }
  }

  /** Sends in frames, each as soon as the server takes it and the socket has room. */
  async send(message: Uint8Array): Promise<boolean> {
    const { stream, writer, recorder } = this.options;
    for (let start = 0; start < message.length; ) {
      const length = await this.sendWindow.take(Math.min(MAX_DATA_BYTES, message.length - start));
      if (length === 0) return false;
      const bytes = message.subarray(start, start + length);
      if (!(await writer.sendInTurn(encodeFrame({ type: "data", stream, bytes })))) return false;
      recorder.sent(bytes);
      start += length;
    }
    return !this.hasEnded;
  }

  end(): void {
    if (this.hasEnded) return;
    this.options.recorder.sentEnd();
    this.options.writer.send(encodeFrame({ type: "end", stream: this.options.stream }));
  }

  cancel(reason: ConnectError): void {
    if (this.hasEnded) return;
    this.options.writer.send(encodeFrame({ type: "cancel", stream: this.options.stream }));
    this.fail(reason);
    this.options.onEnd(true);
  }

  fail(reason: ConnectError): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.options.recorder.ended(reason);
    this.opened.reject(reason);
    this.received.fail(reason);
    this.sendWindow.close();
  }

  private finish(metadata: Headers): void {
    this.hasEnded = true;
    this.trailers = metadata;
    this.options.recorder.receivedTrailers(metadata);
    this.opened.resolve(undefined);
    this.received.end();
    this.sendWindow.close();
    this.options.onEnd(false);
  }

  private sendWindowUpdate(bytes: number): void {
    if (this.hasEnded) return;
    const { stream, writer, recorder } = this.options;
    recorder.sentWindowUpdate(bytes);
    writer.send(encodeFrame({ type: "credit", stream, bytes }));
  }
}

/** What a call fails with whose signal was aborted, with the reason of the signal if it has one. */
export function cancelReason(signal: AbortSignal): ConnectError {
  return ConnectError.from(signal.reason, Code.Canceled);
}
