import { Code, ConnectError } from "@connectrpc/connect";
import { encodeFrame } from "@triptych/wire/call-frames.ts";
import { MAX_DATA_BYTES } from "@triptych/wire/call-protocol.ts";
import { ProtocolError } from "@triptych/wire/protocol-error.ts";
import { createReceiveWindow } from "@triptych/wire/receive-window.ts";
import { createSendWindow } from "@triptych/wire/send-window.ts";
import type { Method } from "../../call/method.ts";
import { SocketCall, type SocketCallParts } from "./socket-call.ts";
import type { SocketContext } from "./socket-context.ts";

const NO_BYTES = new Uint8Array(0);

/** One of the calls of a socket that speaks `triptych-calls.v1`, as the frames of its client drive it. */
export class MultiplexedCall extends SocketCall {
  private readonly stream: number;
  private readonly sendWindow = createSendWindow();
  private readonly receiveWindow = createReceiveWindow((bytes) => this.sendWindowUpdate(bytes));
  /** Bytes of messages that wait for the window of the client, or for room in the socket. */
  private pending: Uint8Array = NO_BYTES;
  private isWaiting = false;
  private requestEnded = false;

  constructor(
    method: Method,
    metadata: Headers,
    context: SocketContext,
    { stream, ...parts }: SocketCallParts & { readonly stream: number },
  ) {
    super(method, metadata, context, parts);
    this.stream = stream;
  }

  /**
   * Takes bytes of messages.
   * @throws ProtocolError when the client had ended, or had no window for them.
   */
  override receive(bytes: Uint8Array): void {
    if (this.requestEnded) throw new ProtocolError("no data may come after the end of the client's messages");
    this.receiveWindow.receive(bytes.length);
    super.receive(bytes);
  }

  /**
   * The client sends no more messages.
   * @throws ProtocolError when it had said so.
   */
  override endRequest(): void {
    if (this.requestEnded) throw new ProtocolError("a stream ends once");
    this.requestEnded = true;
    super.endRequest();
  }

  /**
   * The client takes that many more bytes.
   * @throws ProtocolError when that is more than it may.
   */
  windowUpdate(bytes: number): void {
    this.sendWindow.update(bytes);
    if (!this.isWaiting) this.pump();
  }

  /** The client no longer wants the call: nothing more is sent. */
  cancel(): void {
    this.isFinished = true;
    this.disconnected(new ConnectError("the client has cancelled the call", Code.Canceled));
  }

  consumed(bytes: number): void {
    this.receiveWindow.use(bytes);
  }

  protected writeMetadata(type: "headers" | "trailers", metadata: Headers): void {
    this.writer.send(encodeFrame({ type, stream: this.stream, metadata }));
  }

  protected writeBody(bytes: Uint8Array): boolean {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    this.pump();
    if (this.pending.length > 0) return false;
    if (!this.writer.hasRoom) this.waitForRoom();
    return !this.isWaiting;
  }

  /** Sends what waits in frames, each as soon as the client takes it and the socket has room. */
  private pump(): void {
    while (this.pending.length > 0 && !this.isClosed) {
      if (!this.writer.hasRoom) {
        this.waitForRoom();
        return;
      }
      if (!this.sendNext()) return;
    }
    if (this.onRoom === undefined) return;
    if (this.writer.hasRoom) this.hasRoomAgain();
    else this.waitForRoom();
  }

  private waitForRoom(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.writer.whenRoom(() => this.takeTurn());
  }

  /** Sends one frame, within the call of its turn: the next call must see what then waits to go out. */
  private takeTurn(): void {
    this.isWaiting = false;
    if (this.isClosed) return;
    const hasSent = this.sendNext();
    if (this.pending.length === 0) this.hasRoomAgain();
    else if (hasSent) this.waitForRoom();
  }

  /** Sends one frame of what waits; false when nothing does, or the client has no window for it. */
  private sendNext(): boolean {
    const length = this.sendWindow.take(Math.min(MAX_DATA_BYTES, this.pending.length));
    if (length === 0) return false;
    const bytes = this.pending.subarray(0, length);
    this.pending = this.pending.subarray(length);
    this.writer.send(encodeFrame({ type: "data", stream: this.stream, bytes }));
    return true;
  }

  private sendWindowUpdate(bytes: number): void {
    if (this.requestEnded || this.isClosed) return;
    this.writer.send(encodeFrame({ type: "credit", stream: this.stream, bytes }));
  }
}
