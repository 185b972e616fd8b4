import { createServer as createHttpServer, type IncomingHttpHeaders } from "node:http";
import {
  createServer as createHttp2Server,
  createSecureServer,
  type Http2SecureServer,
  type Http2Server,
  type ServerHttp2Stream,
} from "node:http2";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Certificate } from "./certificate.ts";
import { clientAddress } from "./client-address.ts";
import { http1Options, http2Options, SILENCE_LIMIT_MS } from "./connection-options.ts";
import { createConnectionSlots } from "./connection-slots.ts";
import type { HttpRequest, HttpResponse, RequestListener, StreamListener, UpgradeListener } from "./http.ts";
import { isHost, refuseBadHost } from "./refuse-bad-host.ts";
import { refuseUpgrade } from "./refuse-upgrade.ts";
import { tellProtocol } from "./tell-protocol.ts";
import { defaultSessionLimits, type SessionLimits, type WatchedSessions, watchSessions } from "./watch-sessions.ts";

/** What a listener does with what arrives. */
export interface ListenerOptions {
  /** The certificate to encrypt with; undefined means clear text. */
  readonly certificate: Certificate | undefined;
  readonly onRequest: RequestListener;
  /** Asked first for what comes over HTTP/2. */
  readonly onStream?: StreamListener | undefined;
  /** Undefined means that upgrades are refused. */
  readonly onUpgrade?: UpgradeListener | undefined;
  /** How many connections one address may have; more are cut as soon as they come. 0, as unless given, means as many as come. */
  readonly maxConnectionsPerAddress?: number;
  /** Limits of HTTP/2 connections that differ from `defaultSessionLimits`. */
  readonly sessionLimits?: Partial<SessionLimits>;
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
  /** How many connections were cut because their address had too many. */
  refusedConnections(): number;
  /** What is held for clients, by what it is; all 0 once the last connection is closed. */
  held(): ListenerHolds;
}

/** How much a listener holds for its clients. */
export interface ListenerHolds {
  readonly connections: number;
  /** Addresses with a connection. */
  readonly addresses: number;
  /** Connections over HTTP/2 that are watched. */
  readonly sessions: number;
  /** Connections over HTTP/1.1 whose latest answer is known. */
  readonly answers: number;
}

/** After how long a silence the system asks whether the other side is there, and how often again, in milliseconds, how many times. */
const TCP_KEEP_ALIVE = [true, 60_000, 10_000, 6] as const;

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
  const { server, sessions } =
    options.certificate === undefined ? clearText(checked) : encrypted(checked, options.certificate);
  const door = guardDoor(server, options.maxConnectionsPerAddress ?? 0);
  return {
    listen: (port, host) => listen(server, port, host),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      sessions.close();
      answers.endConnections();
      return closed.finally(() => sessions.stop());
    },
    destroy() {
      for (const socket of door.sockets) socket.destroy();
    },
    openConnections: () => door.sockets.size,
    refusedConnections: () => door.refused,
    held: () => ({
      connections: door.sockets.size,
      addresses: door.addresses,
      sessions: sessions.count,
      answers: answers.count,
    }),
  };
}

/** What a kind of server is made of: the server that listens, and how to end its HTTP/2 sessions. */
interface ServerParts {
  readonly server: Server;
  readonly sessions: WatchedSessions;
}

/** HTTP/1.1 and HTTP/2 with prior knowledge on one clear-text port, told apart by the first bytes. */
function clearText({ onRequest, onStream, onUpgrade, sessionLimits }: ListenerOptions): ServerParts {
  const http1 = createHttpServer(http1Options, onRequest);
  http1.on("upgrade", onUpgrade ?? refuseUpgrade);
  const http2 = createHttp2Server(http2Options, onRequest as never);
  askForStreamsFirst(http2, onStream);
  const sessions = watchSessions(http2, { ...defaultSessionLimits, ...sessionLimits });
  // The HTTP/1.1 server listens, so that its timeouts and its close() cover its connections, but sees only those that
  // turn out to speak HTTP/1.1.
  const serveHttp1 = takeConnections(http1);
  http1.on("connection", (socket: Socket) => {
    tellProtocol(socket, SILENCE_LIMIT_MS, (protocol) => {
      if (protocol === "http2") {
        // HTTP/1.1 answers a client that has closed its side; HTTP/2 has no such thing, and would never hear that it left.
        socket.allowHalfOpen = false;
        http2.emit("connection", socket);
      } else {
        serveHttp1(socket);
      }
    });
  });
  return { server: http1, sessions };
}

/** HTTP/1.1 and HTTP/2 on one encrypted port, agreed on by ALPN. */
function encrypted(
  { onRequest, onStream, onUpgrade, sessionLimits }: ListenerOptions,
  certificate: Certificate,
): ServerParts {
  const limits = { ...http1Options, ...http2Options, handshakeTimeout: SILENCE_LIMIT_MS };
  const server = createSecureServer({ ...certificate, ...limits, allowHTTP1: true }, onRequest as never);
  server.on("upgrade", onUpgrade ?? refuseUpgrade);
  askForStreamsFirst(server, onStream);
  return { server, sessions: watchSessions(server, { ...defaultSessionLimits, ...sessionLimits }) };
}

/** Takes the connections of a server away from it; returns what hands it one. */
function takeConnections(server: Server): (socket: Socket) => void {
  const listeners = server.listeners("connection");
  server.removeAllListeners("connection");
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
}

/** Keeps the connections of a server, and cuts those of which one address has too many before anything is done for them. */
function guardDoor(server: Server, perAddress: number) {
  const sockets = new Set<Socket>();
  const slots = createConnectionSlots(perAddress);
  const serve = takeConnections(server);
  server.on("connection", (socket: Socket) => {
    const free = slots.take(clientAddress(socket.remoteAddress));
    if (free === undefined) {
      // A reset, which leaves nothing behind here.
      socket.resetAndDestroy();
      return;
    }
    sockets.add(socket);
    socket.on("close", () => {
      sockets.delete(socket);
      free();
    });
    keepAlive(socket);
    serve(socket);
  });
  return {
    sockets,
    get refused() {
      return slots.refused;
    },
    get addresses() {
      return slots.addresses;
    },
  };
}

/** Has the system find out when the other side is gone without a word. */
function keepAlive(socket: Socket): void {
  // The types do not know of the last two yet.
  const set: (enable: boolean, delayMs: number, intervalMs: number, count: number) => unknown = socket.setKeepAlive;
  set.call(socket, ...TCP_KEEP_ALIVE);
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
    get count() {
      return latest.size;
    },
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
