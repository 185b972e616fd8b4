import type { OutgoingHttpHeaders } from "node:http";
import { Code } from "@connectrpc/connect";
import type { Method } from "../../call/method.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import { ServerCall } from "../../call/server-call.ts";
import { type Envelope, envelope } from "../../protocols/envelope.ts";
import { grpcWebSocketFormat } from "../../protocols/grpc-web/content-type.ts";
import type { SocketContext } from "./socket-context.ts";
import type { SocketWriter } from "./socket-writer.ts";

/** What carries a call over a WebSocket. */
export interface SocketCallParts {
  readonly writer: SocketWriter;
  /** Called once, when the last frame of the call is sent. */
  readonly onEnded: () => void;
}

/** A call over a WebSocket: gRPC-Web whose headers and trailers have frames of their own. */
export abstract class SocketCall extends ServerCall {
  headersSent = false;
  override readonly sendsInParts = true;
  protected readonly contentLength: string | undefined = undefined;
  protected readonly writer: SocketWriter;
  /** Whether nothing more is sent: the status is out, or the client has cancelled the call. */
  protected isFinished = false;
  private readonly onEnded: () => void;

  constructor(method: Method, metadata: Headers, context: SocketContext, { writer, onEnded }: SocketCallParts) {
    const requestHeader = new Headers(metadata);
    requestHeader.set("content-type", grpcWebSocketFormat.contentType);
    // Nothing that runs over a socket is compressed in return.
    requestHeader.delete("grpc-accept-encoding");
    super(context.settings, {
      method,
      format: grpcWebSocketFormat,
      options: context.readOptions(grpcWebSocketFormat, {
        "grpc-encoding": metadata.get("grpc-encoding") ?? undefined,
        "grpc-timeout": metadata.get("grpc-timeout") ?? undefined,
      }),
      requestMethod: "POST",
      requestHeader,
      url: `http://localhost${context.pathPrefix}${method.path}`,
      carrier: "websocket",
      peer: context.peer,
      handlers: context.handlers,
    });
    this.writer = writer;
    this.onEnded = onEnded;
  }

  get isClosed(): boolean {
    return this.isFinished || this.writer.isClosed;
  }

  /** Sends a frame of headers or of trailers. */
  protected abstract writeMetadata(type: "headers" | "trailers", metadata: Headers): void;
  /** Sends bytes of messages; false when the client is slower than that. */
  protected abstract writeBody(bytes: Uint8Array): boolean;

  sendHeaders(headers: OutgoingHttpHeaders): void {
    if (this.headersSent || this.isClosed) return;
    this.headersSent = true;
    this.writeMetadata("headers", metadataOf(headers));
  }

  sendMessage({ flags, data }: Envelope): boolean {
    // Nobody reads: the sender waits for the end of the call.
    return !this.isClosed && this.writeBody(envelope(flags, data));
  }

  sendResponse({ headers, body, trailers }: WholeResponse): void {
    this.sendHeaders(headers);
    if (body !== undefined) this.writeBody(body);
    this.sendStatus(undefined, trailers);
  }

  sendStatus(_last: Envelope | undefined, trailers: OutgoingHttpHeaders = {}): void {
    if (this.isClosed) return;
    this.writeMetadata("trailers", metadataOf(trailers));
    this.isFinished = true;
    this.disconnected(undefined);
    this.onEnded();
  }

  destroy(): void {
    this.sendStatus(undefined, { "grpc-status": String(Code.Internal), "grpc-message": "internal error" });
  }

  /** Lets the sender that waits for room go on. */
  protected hasRoomAgain(): void {
    const { onRoom } = this;
    this.onRoom = undefined;
    onRoom?.();
  }
}

/** Headers or trailers as the frames of sockets take them. */
function metadataOf(fields: OutgoingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, String(one));
  }
  return headers;
}
