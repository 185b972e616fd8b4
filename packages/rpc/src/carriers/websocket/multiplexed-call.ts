import type { OutgoingHttpHeaders } from "node:http";
import { Code, ConnectError } from "@connectrpc/connect";
import { encodeFrame } from "@triptych/wire/call-frames.ts";
import { MAX_DATA_BYTES } from "@triptych/wire/call-protocol.ts";
import { Malformed } from "@triptych/wire/malformed.ts";
import { createReceiveCredit } from "@triptych/wire/receive-credit.ts";
import type { Method } from "../../call/method.ts";
import { createSendWindow } from "./send-window.ts";
import { metadataOf, SocketCall } from "./socket-call.ts";
import type { SocketContext } from "./socket-context.ts";
import type { SocketWriter } from "./socket-writer.ts";

const NO_BYTES = new Uint8Array(0);

/** What carries one of the calls of a socket. */
export interface MultiplexedStream {
  readonly stream: number;
  readonly writer: SocketWriter;
  /** Called once, when the last frame of the call is sent. */
  readonly over: () => void;
}

/** One of the calls of a socket that speaks `triptych-calls.v1`, as the frames of its client drive it. */
export class MultiplexedCall extends SocketCall {
  private readonly stream: number;
  private readonly writer: SocketWriter;
  private readonly over: () => void;
  private readonly sendWindow = createSendWindow();
  private readonly receiveWindow = createReceiveCredit((bytes) => this.grantMore(bytes));
  /** Bytes of messages that wait for the window of the client, or for room in the socket. */
  private pending: Uint8Array = NO_BYTES;
  private isWaiting = false;
  private hasStatus = false;
  private isCancelled = false;
  private hasEnded = false;

  constructor(method: Method, metadata: Headers, context: SocketContext, { stream, writer, over }: MultiplexedStream) {
    super(method, metadata, context);
    this.stream = stream;
    this.writer = writer;
    this.over = over;
  }

  get isClosed(): boolean {
    return this.hasStatus || this.isCancelled || this.writer.isClosed;
  }

  /** Takes bytes of messages. Throws Malformed when the client had ended, or had no window for them. */
  override receive(bytes: Uint8Array): void {
    if (this.hasEnded) throw new Malformed("no data may come after the end of the client's messages");
    this.receiveWindow.receive(bytes.length);
    super.receive(bytes);
  }

  /** The client sends no more messages. Throws Malformed when it had said so. */
  override endRequest(): void {
    if (this.hasEnded) throw new Malformed("a stream ends once");
    this.hasEnded = true;
    super.endRequest();
  }

  /** The client takes that many more bytes. Throws Malformed when that is more than it may. */
  windowUpdate(bytes: number): void {
    this.sendWindow.grow(bytes);
    if (!this.isWaiting) this.pump();
  }

  /** The client no longer wants the call: nothing more is sent. */
  cancel(): void {
    this.isCancelled = true;
    this.disconnected(new ConnectError("the client has cancelled the call", Code.Canceled));
  }

  consumed(bytes: number): void {
    this.receiveWindow.use(bytes);
  }

  destroy(): void {
    this.pending = NO_BYTES;
    this.sendStatus(undefined, { "grpc-status": String(Code.Internal), "grpc-message": "internal error" });
  }

  protected writeMetadata(type: "headers" | "trailers", fields: OutgoingHttpHeaders): void {
    this.writer.send(encodeFrame({ type, stream: this.stream, metadata: metadataOf(fields) }));
  }

  protected writeBody(bytes: Uint8Array): boolean {
    this.pending = this.pending.length === 0 ? bytes : Buffer.concat([this.pending, bytes]);
    this.pump();
    if (this.pending.length > 0) return false;
    if (!this.writer.hasRoom) this.waitForRoom();
    return !this.isWaiting;
  }

  /** What still waits needs a window, which does not come for a call that is over; its status needs none. */
  protected statusSent(): void {
    this.pending = NO_BYTES;
    this.hasStatus = true;
    this.over();
    this.disconnected(undefined);
  }

  /** Sends what waits in frames, each as soon as the client takes it and the socket has room. */
  private pump(): void {
    while (this.pending.length > 0 && !this.isClosed) {
      if (!this.writer.hasRoom) {
        this.waitForRoom();
        return;
      }
      const length = this.sendWindow.take(Math.min(MAX_DATA_BYTES, this.pending.length));
      if (length === 0) return;
      const bytes = this.pending.subarray(0, length);
      this.pending = this.pending.subarray(length);
      this.writer.send(encodeFrame({ type: "data", stream: this.stream, bytes }));
    }
    if (this.onRoom === undefined) return;
    if (this.writer.hasRoom) this.roomAgain();
    else this.waitForRoom();
  }

  private waitForRoom(): void {
    if (this.isWaiting) return;
    this.isWaiting = true;
    this.writer.whenRoom(() => {
      this.isWaiting = false;
      this.pumpInTurn();
    });
  }

  /** Sends one frame, within the call of its turn: whoever comes next must see what then waits to go out. */
  private pumpInTurn(): void {
    if (this.isClosed) return;
    const length = this.pending.length === 0 ? 0 : this.sendWindow.take(Math.min(MAX_DATA_BYTES, this.pending.length));
    if (length > 0) {
      const bytes = this.pending.subarray(0, length);
      this.pending = this.pending.subarray(length);
      this.writer.send(encodeFrame({ type: "data", stream: this.stream, bytes }));
      if (this.pending.length > 0) {
        this.waitForRoom();
        return;
      }
    }
    if (this.pending.length === 0) this.roomAgain();
  }

  private grantMore(bytes: number): void {
    if (!this.hasEnded && !this.isClosed) this.writer.send(encodeFrame({ type: "credit", stream: this.stream, bytes }));
  }
}
