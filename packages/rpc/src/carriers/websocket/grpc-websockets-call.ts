import type { Method } from "../../call/method.ts";
import type { CallSocket } from "./call-socket.ts";
import { encodeMetadataFrame } from "./grpc-websockets-frames.ts";
import { SocketCall, type SocketCallParts } from "./socket-call.ts";
import type { SocketContext } from "./socket-context.ts";

/** When so many bytes wait for the implementation, the socket is not read. */
const PAUSE_AT_BYTES = 65_536;

/** The one call of a socket that speaks `grpc-websockets`. */
export class GrpcWebsocketsCall extends SocketCall {
  private readonly socket: CallSocket;

  constructor(
    method: Method,
    metadata: Headers,
    context: SocketContext,
    { socket, ...parts }: SocketCallParts & { readonly socket: CallSocket },
  ) {
    super(method, metadata, context, parts);
    this.socket = socket;
  }

  override receive(bytes: Uint8Array): void {
    super.receive(bytes);
    if (this.owedBytes >= PAUSE_AT_BYTES) this.socket.pause();
  }

  consumed(): void {
    if (this.owedBytes < PAUSE_AT_BYTES && this.socket.isPaused) this.socket.resume();
  }

  protected writeMetadata(_type: "headers" | "trailers", metadata: Headers): void {
    this.writer.send(encodeMetadataFrame(metadata));
  }

  protected writeBody(bytes: Uint8Array): boolean {
    this.writer.send(bytes);
    if (this.writer.hasRoom) return true;
    this.writer.whenRoom(() => this.hasRoomAgain());
    return false;
  }
}
