import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import { CALL_PATH, CALL_PROTOCOL, MAX_CLIENT_FRAME_BYTES } from "@triptych/wire/call-protocol.ts";
import { WebSocketServer } from "ws";
import type { CallsInFlight } from "../calls-in-flight.ts";
import type { DirectMethod } from "../direct/direct-method.ts";
import { CallSocket } from "./call-socket.ts";
import { isAllowedOrigin } from "./is-allowed-origin.ts";
import { keepAlive } from "./keep-alive.ts";
import { MESSAGE_OVERHEAD_BYTES, ONE_CALL_PROTOCOL } from "./one-call-frames.ts";
import { serveManyCalls } from "./serve-many-calls.ts";
import { serveOneCall } from "./serve-one-call.ts";
import type { SocketContext } from "./socket-context.ts";
import { defaultSocketLimits, type SocketLimits } from "./socket-limits.ts";
import type { SocketSlots } from "./socket-slots.ts";

/** Who may open WebSockets, and for what. */
export interface SocketDoorOptions {
  readonly methods: ReadonlyMap<string, DirectMethod>;
  /** Where every call counts. */
  readonly flights: CallsInFlight;
  /** Where every socket takes its place. */
  readonly slots: SocketSlots;
  /** The largest request message, in bytes. */
  readonly maxMessageBytes: number;
  /** The origins, besides the server's own, whose pages may open WebSockets; none unless given. */
  readonly allowedOrigins?: readonly string[];
  /** Bounds that differ from `defaultSocketLimits`. */
  readonly socketLimits?: Partial<SocketLimits>;
  /** Aborted, with a ConnectError, when the server starts to drain. */
  readonly draining: AbortSignal;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** Takes or refuses a WebSocket for calls and returns true; returns false for any other upgrade, untouched. */
export type SocketDoor = (request: IncomingMessage, socket: Duplex, head: Buffer) => boolean;

/** Why a socket is refused: the status line of HTTP, and a sentence. */
type Refusal = readonly [status: string, reason: string];

/** Creates the door through which WebSockets come: it knows the two protocols, checks the origin and keeps to the limits. */
export function createSocketDoor(options: SocketDoorOptions): SocketDoor {
  const { methods, flights, slots, draining, allowedOrigins = [], maxMessageBytes } = options;
  const limits = { ...defaultSocketLimits, ...options.socketLimits };
  const oneCall = createHandshake(ONE_CALL_PROTOCOL, maxMessageBytes + MESSAGE_OVERHEAD_BYTES, limits);
  const manyCalls = createHandshake(CALL_PROTOCOL, MAX_CLIENT_FRAME_BYTES, limits);

  const onError = (error: unknown) => {
    if (ConnectError.from(error).code !== Code.Canceled) options.onError(error);
  };

  function refusalOf(protocol: string, path: string, request: IncomingMessage): Refusal | undefined {
    if (!isAllowedOrigin(request, allowedOrigins)) return ["403 Forbidden", "this origin may not call"];
    if (protocol === CALL_PROTOCOL && path !== CALL_PATH) return ["404 Not Found", `${protocol} is at ${CALL_PATH}`];
    if (draining.aborted) return ["503 Service Unavailable", "the server is shutting down"];
    return undefined;
  }

  return (request, socket, head) => {
    const protocol = chooseProtocol(request);
    if (protocol === undefined) return false;
    socket.on("error", () => undefined);
    const path = request.url?.split("?", 1)[0] ?? "";
    const refusal = refusalOf(protocol, path, request);
    if (refusal !== undefined) return refuse(socket, refusal);
    const slot = slots.take(request.socket.remoteAddress ?? "");
    if (slot === "server is full") return refuse(socket, ["503 Service Unavailable", "too many sockets"]);
    if (slot === "address is full") return refuse(socket, ["429 Too Many Requests", "too many sockets of one address"]);
    socket.on("close", () => slot.close());
    const context: SocketContext = { methods, flights, handlers: slot.handlers, limits, draining, onError };
    const handshake = protocol === CALL_PROTOCOL ? manyCalls : oneCall;
    handshake.handleUpgrade(request, socket, head, (opened) => {
      // What goes wrong on a socket closes it, and that is seen.
      opened.on("error", () => undefined);
      opened.transport = socket;
      keepAlive(opened, limits.pingIntervalMs);
      if (protocol === CALL_PROTOCOL) serveManyCalls(opened, context);
      else serveOneCall(opened, path, context);
    });
    return true;
  };
}

/** The first protocol a client offers that is known. */
function chooseProtocol(request: IncomingMessage): string | undefined {
  const offered = (request.headers["sec-websocket-protocol"] ?? "").split(",").map((name) => name.trim());
  return offered.find((name) => name === CALL_PROTOCOL || name === ONE_CALL_PROTOCOL);
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

function refuse(socket: Duplex, [status, reason]: Refusal): true {
  const head = [
    `HTTP/1.1 ${status}`,
    "connection: close",
    "content-type: text/plain; charset=utf-8",
    `content-length: ${Buffer.byteLength(reason) + 1}`,
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${reason}\n`);
  return true;
}
