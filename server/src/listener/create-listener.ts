import { createServer as createHttpServer } from "node:http";
import { createServer as createHttp2Server, createSecureServer, type Http2Session } from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Certificate } from "./certificate.ts";
import type { RequestListener, UpgradeListener } from "./http.ts";
import { refuseBadHost } from "./refuse-bad-host.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { tellProtocol } from "./tell-protocol.ts";

/** What a listener does with what arrives. */
export interface ListenerOptions {
  /** The certificate to encrypt with; undefined means clear text. */
  readonly certificate: Certificate | undefined;
  readonly onRequest: RequestListener;
  /** Undefined means that upgrades are refused. */
  readonly onUpgrade?: UpgradeListener | undefined;
}

/** One port that speaks HTTP/1.1 and HTTP/2. */
export interface Listener {
  /** Starts to listen; port 0 takes a free one. Resolves with the address; rejects when it cannot be had. */
  listen(port: number, host: string | undefined): Promise<AddressInfo>;
  /** Takes no new connections, tells clients to make no new calls, and resolves when the last connection is closed. */
  close(): Promise<void>;
  /** Cuts every connection. */
  destroy(): void;
  /** How many connections are open. */
  openConnections(): number;
}

/** How long a connection may stay silent before it has said what it speaks, or half-said a request, in milliseconds. */
const SILENCE_LIMIT_MS = 10_000;
/** How many calls one HTTP/2 connection may have open. */
const MAX_CONCURRENT_STREAMS = 1_000;

const http2Settings = { settings: { maxConcurrentStreams: MAX_CONCURRENT_STREAMS } };

/** Creates a listener; nothing is opened until `listen`. */
export function createListener(options: ListenerOptions): Listener {
  let closing = false;
  const checked: ListenerOptions = {
    ...options,
    onRequest: (request, response) => {
      // A client may keep an HTTP/1.1 connection for its next request; once the listener closes there is none.
      response.on("close", () => {
        if (closing && request.httpVersionMajor === 1) request.socket.end();
      });
      if (!refuseBadHost(request, response)) options.onRequest(request, response);
    },
  };
  const { server, closeSessions } =
    options.certificate === undefined ? clearText(checked) : encrypted(checked, options.certificate);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  return {
    listen: (port, host) => listen(server, port, host),
    close() {
      closing = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closeSessions();
      return closed;
    },
    destroy() {
      for (const socket of sockets) socket.destroy();
    },
    openConnections: () => sockets.size,
  };
}

/** What a kind of server is made of: the server that listens, and how to end its HTTP/2 sessions. */
interface ServerParts {
  readonly server: Server;
  /** Sends GOAWAY on every session; each closes when its last stream has ended. */
  closeSessions(): void;
}

/** HTTP/1.1 and HTTP/2 with prior knowledge on one clear-text port, told apart by the first bytes. */
function clearText({ onRequest, onUpgrade }: ListenerOptions): ServerParts {
  const http1 = createHttpServer({ headersTimeout: SILENCE_LIMIT_MS, requestTimeout: 0 }, onRequest);
  http1.on("upgrade", onUpgrade ?? refuseUpgrade);
  const http2 = createHttp2Server(http2Settings, onRequest as never);
  const sessions = trackSessions(http2);
  // The HTTP/1.1 server listens, so that its timeouts and its close() cover its connections, but sees only those that
  // turn out to speak HTTP/1.1.
  const serveHttp1 = http1.listeners("connection");
  http1.removeAllListeners("connection");
  http1.on("connection", (socket: Socket) => {
    tellProtocol(socket, SILENCE_LIMIT_MS, (protocol) => {
      if (protocol === "http2") {
        // HTTP/1.1 answers a client that has closed its side; HTTP/2 has no such thing, and would never hear that it left.
        socket.allowHalfOpen = false;
        http2.emit("connection", socket);
      } else {
        for (const serve of serveHttp1) serve.call(http1, socket);
      }
    });
  });
  return { server: http1, closeSessions: () => closeAll(sessions) };
}

/** HTTP/1.1 and HTTP/2 on one encrypted port, agreed on by ALPN. */
function encrypted({ onRequest, onUpgrade }: ListenerOptions, certificate: Certificate): ServerParts {
  const server = createSecureServer(
    { ...certificate, ...http2Settings, allowHTTP1: true, handshakeTimeout: SILENCE_LIMIT_MS },
    onRequest as never,
  );
  server.on("upgrade", onUpgrade ?? refuseUpgrade);
  const sessions = trackSessions(server);
  return { server, closeSessions: () => closeAll(sessions) };
}

function trackSessions(server: NodeJS.EventEmitter): Set<Http2Session> {
  const sessions = new Set<Http2Session>();
  server.on("session", (session: Http2Session) => {
    sessions.add(session);
    session.on("close", () => sessions.delete(session));
  });
  return sessions;
}

function closeAll(sessions: Iterable<Http2Session>): void {
  for (const session of sessions) session.close();
}

async function listen(server: Server, port: number, host: string | undefined): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen({ port, ...(host === undefined ? {} : { host }) }, () => {
      server.off("error", reject);
      resolve();
    });
  });
  // A TCP server that listens has an address and port.
  return server.address() as AddressInfo;
}
