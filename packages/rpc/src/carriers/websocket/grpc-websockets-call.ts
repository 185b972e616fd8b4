import type { OutgoingHttpHeaders } from "node:http";
import { Code } from "@connectrpc/connect";
import type { Method } from "../../call/method.ts";
import { type CallSocket, closeCodes } from "./call-socket.ts";
import { encodeMetadataFrame } from "./grpc-websockets-frames.ts";
import { metadataOf, SocketCall } from "./socket-call.ts";
import type { SocketContext } from "./socket-context.ts";
import type { SocketWriter } from "./socket-writer.ts";

/** When so many bytes wait for the implementation, the socket is not read. */
const PAUSE_AT_BYTES = 65_536;

/** The one call of a socket that speaks `grpc-websockets`. */
export class GrpcWebsocketsCall extends SocketCall {
  private readonly socket: CallSocket;
  private readonly writer: SocketWriter;
  private readonly over: () => void;
  private hasStatus = false;

  constructor(
    method: Method,
    metadata: Headers,
    context: SocketContext,
    { socket, writer, over }: { readonly socket: CallSocket; readonly writer: SocketWriter; readonly over: () => void },
  ) {
    super(method, metadata, context);
    this.socket = socket;
    this.writer = writer;
    this.over = over;
  }

  get isClosed(): boolean {
    return this.hasStatus || this.writer.isClosed;
  }

  override receive(bytes: Uint8Array): void {
    super.receive(bytes);
    if (this.owedBytes >= PAUSE_AT_BYTES) this.socket.pause();
  }

  consumed(): void {
    if (this.owedBytes < PAUSE_AT_BYTES && this.socket.isPaused) this.socket.resume();
  }

  destroy(): void {
    this.sendStatus(undefined, { "grpc-status": String(Code.Internal), "grpc-message": "internal error" });
  }

  protected writeMetadata(_type: "headers" | "trailers", fields: OutgoingHttpHeaders): void {
    this.writer.send(encodeMetadataFrame(metadataOf(fields)));
  }

  protected writeBody(bytes: Uint8Array): boolean {
    this.writer.send(bytes);
    if (this.writer.hasRoom) return true;
    this.writer.whenRoom(() => this.roomAgain());
    return false;
  }

  protected statusSent(): void {
    this.hasStatus = true;
    this.over();
    this.disconnected(undefined);
    this.socket.close(closeCodes.normal);
  }
}
