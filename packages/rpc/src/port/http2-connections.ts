import type { Socket } from "node:net";
import { type ConnectionAge, countAge } from "../http2/connection-age.ts";
import type { Http2Connection } from "../http2/face.ts";
import { prepareHeaders } from "../http2/prepare-headers.ts";
import { serveHttp2Connection } from "../http2/serve-http2-connection.ts";
import type { CheckedOptions } from "./check-requests.ts";
import type { StreamListener } from "./http.ts";

type Http2ConnectionsOptions = Pick<
  CheckedOptions,
  "http2Limits" | "onStream" | "onError" | "connectionAge" | "onAged"
>;

/** The HTTP/2 connections of a server. */
export class Http2Connections {
  private readonly open = new Set<Http2Connection>();
  private readonly options: Http2ConnectionsOptions;
  private isDraining = false;

  constructor(options: Http2ConnectionsOptions) {
    this.options = options;
  }

  /** How many there are. */
  get count(): number {
    return this.open.size;
  }

  /** Serves a connection that speaks HTTP/2 until it is closed. */
  serve(socket: Socket): void {
    // One that is closed already would never be counted back.
    if (socket.destroyed) return;
    const { http2Limits, onStream = notFound, onError, connectionAge } = this.options;
    const limits = http2Limits === undefined ? {} : { limits: http2Limits };
    let stopCounting: (() => void) | undefined;
    const connection = serveHttp2Connection(
      socket,
      { ...limits, onError },
      {
        stream: onStream,
        connectionClosed: (closed) => {
          this.open.delete(closed);
          stopCounting?.();
        },
      },
    );
    this.open.add(connection);
    stopCounting = connectionAge && this.countAgeOf(connection, connectionAge);
    if (this.isDraining) connection.goAway();
  }

  private countAgeOf(connection: Http2Connection, age: ConnectionAge): () => void {
    return countAge(age, {
      leave: () => connection.goAway(),
      endStreams: () => this.options.onAged?.(connection),
      cut: () => connection.destroy(),
    });
  }

  /** Sends GOAWAY on each; it closes when its last stream has ended. */
  goAway(): void {
    this.isDraining = true;
    for (const connection of this.open) connection.goAway();
  }
}

/** Answers a stream where nothing does. */
const notFound: StreamListener = (stream) => {
  stream.consumer = { data: (chunk) => stream.consumed(chunk.length), end() {}, closed() {}, drained() {} };
  stream.sendAll(prepareHeaders(404), undefined, undefined);
};
