import { type ClientHttp2Stream, connect, constants } from "node:http2";
import { isIP, connect as openTcp, type Socket } from "node:net";
import { connect as openTls } from "node:tls";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Http2SessionManager } from "@connectrpc/connect-node";

type SessionManager = Pick<Http2SessionManager, "authority" | "request" | "notifyResponseByteRead">;

/** A connection for one call, as connect-node wants it. */
export interface CallConnection extends SessionManager {
  /** Aborted with UNAVAILABLE once no response can come any more. */
  readonly failed: AbortSignal;
  /** Ends it at once, whatever is open. */
  close(): void;
}

/** How long a connection may take to be made, encryption included, in milliseconds. */
const CONNECT_MS = 10_000;

/**
 * Connects to an address, for one call. A connection is not kept for the next one: one that hangs, or whose other end never closes it, would be for the
 * calls of others, and so it goes with its own.
 */
export function openConnection(url: string): CallConnection {
  const failure = new AbortController();
  const fail = (text: string, cause?: unknown) =>
    failure.abort(new ConnectError(text, Code.Unavailable, undefined, undefined, cause));
  const socket = openSocket(new URL(url));
  // What a server pushes has no one to take it, and its errors no one who listens.
  const session = connect(url, { createConnection: () => socket, settings: { enablePush: false } });
  const timer = setTimeout(() => fail(`${url} could not be connected to within ${CONNECT_MS} ms`), CONNECT_MS);
  session.once("connect", () => clearTimeout(timer));
  session.on("error", (error) => fail(`the connection to ${url} failed: ${error.message}`, error));
  // Its errors reach the session, while that lasts.
  socket.on("error", () => undefined);
  socket.on("close", () => fail(`the connection to ${url} was closed`));

  return {
    authority: new URL(url).origin,
    failed: failure.signal,
    async request(method, path, headers, options) {
      const stream = session.request({ ...headers, ":method": method, ":path": path }, options);
      failWithoutResponse(stream, fail);
      return stream;
    },
    notifyResponseByteRead: () => undefined,
    close() {
      clearTimeout(timer);
      session.destroy();
      socket.destroy();
    },
  };
}

function openSocket({ protocol, hostname, port }: URL): Socket {
  const host = hostname.replace(/^\[(.*)\]$/, "$1");
  if (protocol === "http:") return openTcp(Number(port || 80), host);
  const servername = isIP(host) === 0 ? host : "";
  return openTls({ host, port: Number(port || 443), servername, ALPNProtocols: ["h2"] });
}

/** What ends a stream before its response, other than a reset that says why, leaves the call unanswered: as with any client of gRPC, that is UNAVAILABLE. */
function failWithoutResponse(stream: ClientHttp2Stream, fail: (text: string, cause?: unknown) => void): void {
  let hasResponse = false;
  stream.once("response", () => {
    hasResponse = true;
  });
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (stream.rstCode === constants.NGHTTP2_REFUSED_STREAM) fail("the server refused the call");
    else if (error.code !== "ERR_HTTP2_STREAM_ERROR") fail(`the connection failed: ${error.message}`, error);
  });
  stream.once("close", () => {
    if (!hasResponse && stream.rstCode === constants.NGHTTP2_NO_ERROR)
      fail("the server ended the call without a response");
  });
}
