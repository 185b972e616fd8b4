import type { OutgoingHttpHeaders } from "node:http";
import type { Method } from "../../call/method.ts";
import type { WholeResponse } from "../../call/response-writer.ts";
import { ServerCall } from "../../call/server-call.ts";
import { type Envelope, envelope } from "../../protocols/envelope.ts";
import { grpcWebSocketFormat } from "../../protocols/grpc-web/content-type.ts";
import type { SocketContext } from "./socket-context.ts";

/** A call over a WebSocket: gRPC-Web whose headers and trailers have frames of their own. */
export abstract class SocketCall extends ServerCall {
  headersSent = false;
  override readonly sendsInParts = true;
  protected readonly contentLength: string | undefined = undefined;

  constructor(method: Method, metadata: Headers, { settings, readOptions, handlers }: SocketContext) {
    const requestHeader = new Headers(metadata);
    requestHeader.set("content-type", grpcWebSocketFormat.contentType);
    // Nothing that runs over a socket is compressed in return.
    requestHeader.delete("grpc-accept-encoding");
    super(settings, {
      method,
      format: grpcWebSocketFormat,
      options: readOptions(grpcWebSocketFormat, {
        "grpc-encoding": metadata.get("grpc-encoding") ?? undefined,
        "grpc-timeout": metadata.get("grpc-timeout") ?? undefined,
      }),
      requestMethod: "POST",
      requestHeader,
      url: `http://localhost${method.path}`,
      handlers,
    });
  }

  /** Sends a frame of headers or of trailers. */
  protected abstract writeMetadata(type: "headers" | "trailers", metadata: OutgoingHttpHeaders): void;
  /** Sends bytes of messages; false when the client is slower than that. */
  protected abstract writeBody(bytes: Uint8Array): boolean;

  sendHeaders(headers: OutgoingHttpHeaders): void {
    if (this.headersSent || this.isClosed) return;
    this.headersSent = true;
    this.writeMetadata("headers", headers);
  }

  sendMessage({ flags, data }: Envelope): boolean {
    // Nobody reads: whoever sends waits for the end of the call.
    return !this.isClosed && this.writeBody(envelope(flags, data));
  }

  sendResponse({ headers, body, trailers }: WholeResponse): void {
    this.sendHeaders(headers);
    if (body !== undefined) this.writeBody(body);
    this.sendStatus(undefined, trailers);
  }

  sendStatus(_last: Envelope | undefined, trailers: OutgoingHttpHeaders | undefined): void {
    if (this.isClosed) return;
    this.writeMetadata("trailers", trailers ?? {});
    this.statusSent();
  }

  /** The last frame of the call is out. */
  protected abstract statusSent(): void;

  /** Has who waits for room go on. */
  protected roomAgain(): void {
    const { onRoom } = this;
    this.onRoom = undefined;
    onRoom?.();
  }
}

/** Headers or trailers as the frames of sockets take them. */
export function metadataOf(fields: OutgoingHttpHeaders): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) if (one !== undefined) headers.append(name, String(one));
  }
  return headers;
}
