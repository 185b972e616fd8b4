import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { CALL_PATH, CALL_PROTOCOL, MAX_CLIENT_FRAME_BYTES } from "@triptych/wire/call-protocol.ts";
import { WebSocketServer } from "ws";
import type { Method } from "../../call/method.ts";
import type { CallSettings } from "../../call/settings.ts";
import type { OptionsReader } from "../../protocols/call-options.ts";
import { ALL_ARE_CLIENTS, type ClientLookup } from "../http-context.ts";
import { REST_TIMEOUT_MS } from "../http1/drain-request.ts";
import { CallSocket } from "./call-socket.ts";
import { GRPC_WEBSOCKETS, MESSAGE_OVERHEAD_BYTES } from "./grpc-websockets-frames.ts";
import { keepAlive } from "./keep-alive.ts";
import { serveGrpcWebsockets } from "./serve-grpc-websockets.ts";
import { serveMultiplexed } from "./serve-multiplexed.ts";
import type { SocketContext } from "./socket-context.ts";
import type { SocketLimits } from "./socket-limits.ts";
import type { SocketSlots } from "./socket-slots.ts";

/** Who may open WebSockets, and for what. */
export interface UpgradeHandlerOptions {
  readonly methods: ReadonlyMap<string, Method>;
  readonly settings: CallSettings;
  readonly readOptions: OptionsReader;
  /** What stands before the path of every method and of the socket that carries many calls. */
  readonly pathPrefix: string;
  /** Where every socket takes its place. */
  readonly slots: SocketSlots;
  /** The origins, besides the server's own, whose pages may open WebSockets; none unless given. */
  readonly allowedOrigins?: readonly string[];
  /** What the sockets of one client have in common, of the address that a socket has: that address unless given. */
  readonly clientOf?: (remoteAddress: string | undefined) => string;
  /** Who is at the other end of a connection: the client unless given. */
  readonly clients?: ClientLookup;
  readonly limits: SocketLimits;
  /** Aborted, with a ConnectError, when the server starts to drain. */
  readonly shutdownSignal: AbortSignal;
}

/** Takes or rejects a WebSocket for calls and returns true; returns false for any other upgrade, untouched. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Why a socket is rejected: the status line of HTTP, and a sentence. */
type Rejection = readonly [status: string, reason: string];

/** Creates the handler of upgrades to WebSockets: it knows the two protocols, checks the origin and keeps to the limits. */
export function createUpgradeHandler(options: UpgradeHandlerOptions): UpgradeHandler {
  const {
    methods,
    slots,
    pathPrefix,
    settings,
    readOptions,
    limits,
    shutdownSignal,
    allowedOrigins = [],
    clientOf = ownAddress,
    clients = ALL_ARE_CLIENTS,
  } = options;
  const shared = { methods, settings, readOptions, limits, pathPrefix, shutdownSignal };
  const callPath = pathPrefix + CALL_PATH;
  const grpcWebsockets = createHandshake(GRPC_WEBSOCKETS, settings.readMaxBytes + MESSAGE_OVERHEAD_BYTES, limits);
  const multiplexed = createHandshake(CALL_PROTOCOL, MAX_CLIENT_FRAME_BYTES, limits);

  function rejectionOf(protocol: string, path: string, request: IncomingMessage): Rejection | undefined {
    if (!isAllowedOrigin(request, allowedOrigins)) return ["403 Forbidden", "this origin may not call"];
    if (protocol === CALL_PROTOCOL && path !== callPath) return ["404 Not Found", `${protocol} is at ${callPath}`];
    if (shutdownSignal.aborted) return ["503 Service Unavailable", "the server is shutting down"];
    return undefined;
  }

  return (request, socket, head) => {
    const protocol = chooseProtocol(request);
    if (protocol === undefined) return false;
    socket.on("error", () => undefined);
    const path = request.url?.split("?", 1)[0] ?? "";
    const rejection = rejectionOf(protocol, path, request);
    if (rejection !== undefined) return reject(socket, rejection);
    const remoteAddress = clients.addressOf(request.socket.remoteAddress, request.headers["x-forwarded-for"]);
    const slot = slots.take(clientOf(remoteAddress));
    if (slot === "server is full") return reject(socket, ["503 Service Unavailable", "too many sockets"]);
    if (slot === "address is full") return reject(socket, ["429 Too Many Requests", "too many sockets of one address"]);
    socket.on("close", () => slot.close());
    // What a proxy that is trusted has shown is not what its client has.
    const shown = clients.isClient(request.socket.remoteAddress) ? request.socket : undefined;
    const { authorization, cookie, origin } = request.headers;
    const peer = { remoteAddress, socket: shown, upgrade: { authorization, cookie, origin } };
    const context: SocketContext = { ...shared, handlers: slot.handlers, peer };
    const method = path.startsWith(pathPrefix) ? methods.get(path.slice(pathPrefix.length)) : undefined;
    const handshake = protocol === CALL_PROTOCOL ? multiplexed : grpcWebsockets;
    handshake.handleUpgrade(request, socket, head, (opened) => {
      // What goes wrong on a socket closes it, and that is seen.
      opened.on("error", () => undefined);
      opened.transport = socket;
      keepAlive(opened, limits.pingIntervalMs);
      if (protocol === CALL_PROTOCOL) serveMultiplexed(opened, context);
      else serveGrpcWebsockets(opened, { path, method }, context);
    });
    return true;
  };
}

function ownAddress(remoteAddress = ""): string {
  return remoteAddress;
}

/**
 * Whether a request may open a WebSocket: browsers say which page wants to, in `origin`, and leave the decision to the server. Takes
 * the pages of the server's own origin, which is what `host` names, those on the list, and clients that are no browsers, which
 * send no origin. An encrypted server's own pages are encrypted too; in front of one in clear text there may be a proxy that encrypts.
 */
function isAllowedOrigin(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  if (host === undefined) return false;
  const isEncrypted = "encrypted" in request.socket && request.socket.encrypted === true;
  return origin === `https://${host}` || (!isEncrypted && origin === `http://${host}`);
}

/** The first protocol a client offers that is known. */
function chooseProtocol(request: IncomingMessage): string | undefined {
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  return offered.find((name) => name === CALL_PROTOCOL || name === GRPC_WEBSOCKETS);
}

function createHandshake(protocol: string, maxPayload: number, { closeTimeoutMs }: SocketLimits) {
  const options = {
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload,
    closeTimeout: closeTimeoutMs,
    handleProtocols: () => protocol,
    WebSocket: CallSocket,
  } as const;
  return new WebSocketServer<typeof CallSocket>(options);
}

function reject(socket: Duplex, [status, reason]: Rejection): true {
  const head = [
    `HTTP/1.1 ${status}`,
    "connection: close",
    "content-type: text/plain; charset=utf-8",
    `content-length: ${Buffer.byteLength(reason) + 1}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${reason}\n`);
  // What else comes is dropped, or the client would lose the response; and its side is not waited for longer than that of a request.
  socket.resume();
  const timer = setTimeout(() => socket.destroy(), REST_TIMEOUT_MS);
  socket.on("close", () => clearTimeout(timer));
  return true;
}
