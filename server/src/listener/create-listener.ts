import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Duplex } from "node:stream";
import type { Http2Connection } from "@triptych/rpc/http2/face.ts";
import type { Http2Limits } from "@triptych/rpc/http2/limits.ts";
import { prepareHeaders } from "@triptych/rpc/http2/prepare-headers.ts";
import { serveHttp2Connection } from "@triptych/rpc/http2/serve-http2-connection.ts";
import type { Certificate } from "./certificate.ts";
import { clientAddress } from "./client-address.ts";
import { http1Options, SILENCE_LIMIT_MS } from "./connection-options.ts";
import { createConnectionSlots } from "./connection-slots.ts";
import type { HttpRequest, HttpResponse, RequestListener, StreamListener, UpgradeListener } from "./http.ts";
import { refuseBadHost } from "./refuse-bad-host.ts";
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
  /** How many connections one address may have; more are cut as soon as they come. 0, as unless given, means as many as come. */
  readonly maxConnectionsPerAddress?: number;
  /** Limits of HTTP/2 connections that differ from `defaultLimits` of the engine. */
  readonly sessionLimits?: Partial<Http2Limits>;
  /** Told of what a stream of HTTP/2 breaks outside its call; must not throw. */
  readonly onError?: (error: unknown) => void;
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
  const { server, connections } =
    options.certificate === undefined ? clearText(checked) : encrypted(checked, options.certificate);
  const door = guardDoor(server, options.maxConnectionsPerAddress ?? 0);
  return {
    listen: (port, host) => listen(server, port, host),
    close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      connections.goAway();
      answers.endConnections();
      return closed;
    },
    destroy() {
      for (const socket of door.sockets) socket.destroy();
    },
    openConnections: () => door.sockets.size,
    refusedConnections: () => door.refused,
  };
}

/** What a kind of server is made of: the server that listens, and its HTTP/2 connections. */
interface ServerParts {
  readonly server: Server;
  readonly connections: Http2Connections;
}

/** HTTP/1.1 and HTTP/2 with prior knowledge on one clear-text port, told apart by the first bytes. */
function clearText(options: ListenerOptions): ServerParts {
  const http1 = createHttpServer(http1Options, options.onRequest);
  http1.on("upgrade", options.onUpgrade ?? refuseUpgrade);
  const connections = new Http2Connections(options);
  // The HTTP/1.1 server listens, so that its timeouts and its close() cover its connections, but sees only those that
  // turn out to speak HTTP/1.1.
  const serveHttp1 = takeConnections(http1, "connection");
  http1.on("connection", (socket: Socket) => {
    tellProtocol(socket, SILENCE_LIMIT_MS, (protocol) => {
      if (protocol === "http1") {
        serveHttp1(socket);
        return;
      }
      // HTTP/1.1 answers a client that has closed its side; HTTP/2 has no such thing, and would never hear that it left.
      socket.allowHalfOpen = false;
      connections.serve(socket);
    });
  });
  return { server: http1, connections };
}

/** HTTP/1.1 and HTTP/2 on one encrypted port, agreed on by ALPN. */
function encrypted(options: ListenerOptions, certificate: Certificate): ServerParts {
  const limits = { ...http1Options, handshakeTimeout: SILENCE_LIMIT_MS, ALPNProtocols: ["h2", "http/1.1"] };
  const server = createHttpsServer({ ...certificate, ...limits }, options.onRequest);
  server.on("upgrade", options.onUpgrade ?? refuseUpgrade);
  const connections = new Http2Connections(options);
  const serveHttp1 = takeConnections(server, "secureConnection");
  server.on("secureConnection", (socket) => {
    if (socket.alpnProtocol === "h2") connections.serve(socket);
    else serveHttp1(socket);
  });
  return { server, connections };
}

/** The HTTP/2 connections of a server. */
class Http2Connections {
  private readonly open = new Set<Http2Connection>();
  private readonly options: ListenerOptions;

  constructor(options: ListenerOptions) {
    this.options = options;
  }

  serve(socket: Socket): void {
    const { onStream, onRequest, sessionLimits, onError } = this.options;
    const connection = serveHttp2Connection(
      socket,
      { limits: { ...sessionLimits }, onError: onError ?? (() => undefined) },
      {
        stream(stream, head, endStream) {
          if (onStream?.(stream, head, endStream)) return;
          stream.consumer = { data() {}, end() {}, closed() {}, drained() {} };
          stream.sendAll(prepareHeaders(404), undefined, undefined);
          void onRequest;
        },
        connectionClosed: (closed) => this.open.delete(closed),
      },
    );
    this.open.add(connection);
  }

  /** Sends GOAWAY on each; it closes when its last stream has ended. */
  goAway(): void {
    for (const connection of this.open) connection.goAway();
  }
}

/** Takes the connections of a server away from it; returns what hands it one. */
function takeConnections(server: Server, event: "connection" | "secureConnection"): (socket: Socket) => void {
  const listeners = server.listeners(event);
  server.removeAllListeners(event);
  return (socket) => {
    for (const listener of listeners) listener.call(server, socket);
  };
}

/** Keeps the connections of a server, and cuts those of which one address has too many before anything is done for them. */
function guardDoor(server: Server, perAddress: number) {
  const sockets = new Set<Socket>();
  const slots = createConnectionSlots(perAddress);
  const serve = takeConnections(server, "connection");
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
  };
}

/** Has the system find out when the other side is gone without a word. */
function keepAlive(socket: Socket): void {
  // The types do not know of the last two yet.
  const set: (enable: boolean, delayMs: number, intervalMs: number, count: number) => unknown = socket.setKeepAlive;
  set.call(socket, ...TCP_KEEP_ALIVE);
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
