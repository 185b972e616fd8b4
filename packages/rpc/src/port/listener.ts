import { createServer as createHttpServer, type IncomingMessage } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { type AddressInfo, Server, type Socket } from "node:net";
import type { ConnectionAge } from "../http2/connection-age.ts";
import type { Http2Connection } from "../http2/face.ts";
import type { Http2Limits } from "../http2/limits.ts";
import { createAddressSlots } from "./address-slots.ts";
import { type CheckedOptions, checkRequests } from "./check-requests.ts";
import { clientAddress } from "./client-address.ts";
import { http1Options, READ_TIMEOUT_MS } from "./connection-options.ts";
import { detectProtocol } from "./detect-protocol.ts";
import type { Http1Listener, MalformedListener, StreamListener, UpgradeListener } from "./http.ts";
import { Http2Connections } from "./http2-connections.ts";
import { trackResponses } from "./track-responses.ts";

/** A certificate and its private key, in PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
  /**
   * The certificates, in PEM, of the authorities that sign those of clients. Clients are then asked for one, and let in without: what it is worth is for
   * who reads it from the socket, by `authorized`.
   */
  readonly clientCa?: string | undefined;
}

/** What a listener does with what arrives. */
export interface ListenerOptions {
  /** The certificate to encrypt with; undefined means clear text. */
  readonly certificate: Certificate | undefined;
  /** Answers what comes over HTTP/1.1. */
  readonly onRequest: Http1Listener;
  /** Answers what comes over HTTP/2; with 404 unless given. */
  readonly onStream?: StreamListener | undefined;
  /** Undefined means that upgrades are rejected. */
  readonly onUpgrade?: UpgradeListener | undefined;
  /** Rejects a request that is malformed, with a status of HTTP; in plain text unless given. */
  readonly onMalformed?: MalformedListener | undefined;
  /** Told of what breaks while a request is taken, and of connections that cannot be taken. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** How long an HTTP/1.1 connection without a request is kept, in milliseconds; `KEEP_ALIVE_MS` unless given. */
  readonly keepAliveMs?: number | undefined;
  /** How many connections one address may have; more are cut as soon as they come. 0, as unless given, means as many as come. */
  readonly maxConnectionsPerAddress?: number | undefined;
  /** Whether an address is that of a proxy, which may have as many connections as it opens; none is unless given. */
  readonly isProxy?: ((remoteAddress: string | undefined) => boolean) | undefined;
  /** How old connections over HTTP/2 may become; as old as they like unless given. */
  readonly connectionAge?: ConnectionAge | undefined;
  /** Ends the streams of a connection that has come of age. */
  readonly onAged?: ((connection: Http2Connection) => void) | undefined;
  /** Limits of HTTP/2 connections that differ from the engine's. */
  readonly http2Limits?: Partial<Http2Limits> | undefined;
}

/** One port that speaks HTTP/1.1 and HTTP/2. */
export interface Listener {
  /** Starts to listen; port 0 takes a free one. Resolves with the address; rejects when it cannot be had. */
  listen(port: number, host: string | undefined): Promise<AddressInfo>;
  /** Takes no new connections, and has clients make no new calls; those that are on their way are still taken. */
  leave(): void;
  /** From now on answers over HTTP/1.1 say that their connections close. */
  announceEnd(): void;
  /** Takes no new connections, has clients make no new calls, and resolves when the last connection is closed. */
  close(): Promise<void>;
  /** Cuts every connection. */
  destroy(): void;
  /** How many connections are open. */
  openConnections(): number;
  /** How many connections were cut because their address had too many. */
  rejectedConnections(): number;
  /** What is held for clients, by what it is; all 0 once the last connection is closed. */
  held(): ListenerHolds;
}

/** How much a listener holds for its clients. */
export interface ListenerHolds {
  readonly connections: number;
  /** Addresses with a connection. */
  readonly addresses: number;
  /** Connections over HTTP/2 that are watched. */
  readonly http2Connections: number;
  /** Connections over HTTP/1.1 whose latest answer is known. */
  readonly responses: number;
}

/** After how long a silence the system asks whether the other side is there, and how often again, in milliseconds, how many times. */
const TCP_KEEP_ALIVE = [true, 60_000, 10_000, 6] as const;

/** Creates a listener; nothing is opened until `listen`. */
export function createListener(options: ListenerOptions): Listener {
  const responses = trackResponses();
  const checked = checkRequests(options, responses);
  const { server, http2 } =
    options.certificate === undefined ? clearText(checked) : encrypted(checked, options.certificate);
  const open = limitConnections(server, options);
  server.on("upgrade", checked.onUpgrade);
  // Node ignores all upgrades that this says no to.
  Object.assign(server, { shouldUpgradeCallback: isWebSocketUpgrade });
  return {
    listen: async (port, host) => {
      const address = await listen(server, port, host);
      // Such as that there are no descriptors for another connection.
      server.on("error", checked.onError);
      return address;
    },
    announceEnd: responses.announceEnd,
    leave() {
      // That of HTTP would close idle connections too, on which a request may be on its way.
      Server.prototype.close.call(server);
      http2.goAway();
      responses.announceEnd();
    },
    async close() {
      const closed = new Promise<unknown>((resolve) => server.close(resolve));
      http2.goAway();
      responses.announceEnd();
      responses.endConnections();
      await closed;
      // The last connections close a moment after their server.
      await Promise.all(Array.from(open.sockets, (socket) => new Promise((resolve) => socket.once("close", resolve))));
    },
    destroy() {
      for (const socket of open.sockets) socket.destroy();
    },
    openConnections: () => open.sockets.size,
    rejectedConnections: () => open.rejected,
    held: () => ({
      connections: open.sockets.size,
      addresses: open.addresses,
      http2Connections: http2.count,
      responses: responses.count,
    }),
  };
}

/**
 * Whether a request is to become a WebSocket. Any other upgrade, such as the one to HTTP/2 that some clients offer with their first request,
 * is only an offer, and the request is answered as it is (RFC 9110, 7.8).
 */
export function isWebSocketUpgrade({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}

/** What a kind of server is made of: the server that listens, and its HTTP/2 connections. */
interface ServerParts {
  readonly server: Server;
  readonly http2: Http2Connections;
}

/** HTTP/1.1 and HTTP/2 with prior knowledge on one clear-text port, recognized by the first bytes. */
function clearText(options: CheckedOptions): ServerParts {
  const http1 = createHttpServer({ ...http1Options, keepAliveTimeout: options.keepAliveMs }, options.onRequest);
  const http2 = new Http2Connections(options);
  // The HTTP/1.1 server listens, so that its timeouts and its close() cover its connections, but sees only those that
  // turn out to speak HTTP/1.1.
  const serveHttp1 = takeConnections(http1, "connection");
  http1.on("connection", (socket: Socket) => {
    detectProtocol(socket, READ_TIMEOUT_MS, (protocol) => {
      if (protocol === "http1") serveHttp1(socket);
      else http2.serve(socket);
    });
  });
  return { server: http1, http2 };
}

/** HTTP/1.1 and HTTP/2 on one encrypted port, agreed on by ALPN. */
function encrypted(options: CheckedOptions, certificate: Certificate): ServerParts {
  const limits = { ...http1Options, keepAliveTimeout: options.keepAliveMs, handshakeTimeout: READ_TIMEOUT_MS };
  const { cert, key, clientCa } = certificate;
  const clients = clientCa === undefined ? {} : { ca: clientCa, requestCert: true, rejectUnauthorized: false };
  const settings = { cert, key, ...clients, ...limits, ALPNProtocols: ["h2", "http/1.1"] };
  const server = createHttpsServer(settings, options.onRequest);
  const http2 = new Http2Connections(options);
  const serveHttp1 = takeConnections(server, "secureConnection");
  server.on("secureConnection", (socket) => {
    if (socket.alpnProtocol === "h2") http2.serve(socket);
    else serveHttp1(socket);
  });
  return { server, http2 };
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
function limitConnections(server: Server, { maxConnectionsPerAddress = 0, isProxy = isNone }: ListenerOptions) {
  const sockets = new Set<Socket>();
  const slots = createAddressSlots(maxConnectionsPerAddress);
  const serve = takeConnections(server, "connection");
  server.on("connection", (socket: Socket) => {
    const { remoteAddress } = socket;
    const free = isProxy(remoteAddress) ? ignore : slots.take(clientAddress(remoteAddress));
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
    // What breaks a connection is reported to its reader and writer; here it must only not end the process.
    socket.on("error", ignore);
    keepAlive(socket);
    serve(socket);
  });
  return {
    sockets,
    get rejected() {
      return slots.rejected;
    },
    get addresses() {
      return slots.addresses;
    },
  };
}

/** Has the system find out when the other end has vanished. */
function keepAlive(socket: Socket): void {
  // The types do not know of the last two yet.
  const set: (enable: boolean, delayMs: number, intervalMs: number, count: number) => unknown = socket.setKeepAlive;
  set.call(socket, ...TCP_KEEP_ALIVE);
}

function ignore(): void {}

function isNone(): boolean {
  return false;
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
