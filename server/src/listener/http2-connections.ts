import type { Socket } from "node:net";
import type { Http2Connection } from "@triptych/rpc/http2/face.ts";
import { serveHttp2Connection } from "@triptych/rpc/http2/serve-http2-connection.ts";
import type { CheckedOptions } from "./check-requests.ts";

/** The HTTP/2 connections of a server. */
export class Http2Connections {
  private readonly open = new Set<Http2Connection>();
  private readonly options: Pick<CheckedOptions, "http2Limits" | "onStream" | "onError">;
  private isDraining = false;

  constructor(options: Pick<CheckedOptions, "http2Limits" | "onStream" | "onError">) {
    this.options = options;
  }

  /** How many there are. */
  get count(): number {
    return this.open.size;
  }

  /** Serves a connection that speaks HTTP/2 until it is closed. */
  serve(socket: Socket): void {
    const { http2Limits, onStream, onError } = this.options;
    const limits = http2Limits === undefined ? {} : { limits: http2Limits };
    const connection = serveHttp2Connection(
      socket,
      { ...limits, onError },
      { stream: onStream, connectionClosed: (closed) => this.open.delete(closed) },
    );
    if (connection.isClosed) return;
    this.open.add(connection);
    if (this.isDraining) connection.goAway();
  }

  /** Sends GOAWAY on each; it closes when its last stream has ended. */
  goAway(): void {
    this.isDraining = true;
    for (const connection of this.open) connection.goAway();
  }
}
