import { createServer as createHttpServer, type IncomingHttpHeaders } from "node:http";
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
  type Http2Session,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Certificate } from "./certificate.ts";
import type { HttpRequest, HttpResponse, RequestListener, StreamListener, UpgradeListener } from "./http.ts";
import { isHost, refuseBadHost } from "./refuse-bad-host.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { tellProtocol } from "./tell-protocol.ts";

/** What a listener does with what arrives. */
export interface ListenerOptions {
  /** The certificate to encrypt with; undefined means clear text. */
  readonly certificate: Certificate | undefined;
  readonly onRequest: RequestListener;
  /** Asked first for what comes over HTTP/2. */
  readonly onStream?: StreamListener | undefined;
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
  const answers = trackAnswers();
  const checked: ListenerOptions = {
    ...options,
    onRequest: (request, response) => {
      answers.add(request, response);
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
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      closeSessions();
      answers.endConnections();
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
function clearText({ onRequest, onStream, onUpgrade }: ListenerOptions): ServerParts {
  const http1 = createHttpServer({ headersTimeout: SILENCE_LIMIT_MS, requestTimeout: 0 }, onRequest);
  http1.on("upgrade", onUpgrade ?? refuseUpgrade);
  const http2 = createHttp2Server(http2Settings, onRequest as never);
  askForStreamsFirst(http2, onStream);
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
function encrypted({ onRequest, onStream, onUpgrade }: ListenerOptions, certificate: Certificate): ServerParts {
  const server = createSecureServer(
    { ...certificate, ...http2Settings, allowHTTP1: true, handshakeTimeout: SILENCE_LIMIT_MS },
    onRequest as never,
  );
  server.on("upgrade", onUpgrade ?? refuseUpgrade);
  askForStreamsFirst(server, onStream);
  const sessions = trackSessions(server);
  return { server, closeSessions: () => closeAll(sessions) };
}

/**
 * Lets `onStream` answer before Node makes a request and a response of a stream: that costs as much as all the rest of a small call.
 * Streams that it does not answer, and those whose host is none, go on as they came.
 */
function askForStreamsFirst(server: Http2Server | Http2SecureServer, onStream: StreamListener | undefined): void {
  if (onStream === undefined) return;
  const makeRequests = server.listeners("stream");
  server.removeAllListeners("stream");
  server.on("stream", (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, ...rest: unknown[]) => {
    if (isHost(authorityOf(headers)) && onStream(stream, headers)) return;
    for (const make of makeRequests) make.call(server, stream, headers, ...rest);
  });
}

function authorityOf(headers: IncomingHttpHeaders): string | undefined {
  // The types do not know that a pseudo-header comes once.
  return (headers[":authority"] as string | undefined) ?? headers.host;
}

/** Knows the answer that each HTTP/1.1 connection is waiting for. */
function trackAnswers() {
  const latest = new Map<Duplex, HttpResponse>();
  let ending = false;
  function endAfter(socket: Duplex, response: HttpResponse): void {
    if (response.writableFinished) socket.end();
    else response.on("close", () => socket.end());
  }
  return {
    add(request: HttpRequest, response: HttpResponse): void {
      const { socket } = request;
      if (request.httpVersionMajor !== 1) return;
      if (!latest.has(socket)) socket.on("close", () => latest.delete(socket));
      latest.set(socket, response);
      if (ending) endAfter(socket, response);
    },
    /** Ends each connection with its answer: its client may keep it for a next request, but there is none to be answered. */
    endConnections(): void {
      ending = true;
      for (const [socket, response] of latest) endAfter(socket, response);
    },
  };
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
