import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { CallsInFlight, type FlightLimits } from "./calls-in-flight.ts";
import { compressions, createMethods, DEFAULT_SILENCE_LIMIT_MS, type MethodOptions } from "./create-methods.ts";
import { createDirectMethods } from "./direct/create-direct-methods.ts";
import { createDirectPath } from "./direct/create-direct-path.ts";
import { endRefusedCall } from "./end-request.ts";
import { HttpFlight } from "./http-flight.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { isCall, refuseCall, tooManyCalls, unknownMethod } from "./refuse-call.ts";
import { createRunningHandlers, type RunningHandlers } from "./running-handlers.ts";
import { serveHttpCall } from "./serve-http-call.ts";
import { createSocketDoor } from "./web-socket/create-socket-door.ts";
import type { SocketLimits } from "./web-socket/socket-limits.ts";

/** What the rpc room serves, and within which bounds. */
export interface RpcHandlerOptions extends MethodOptions, Partial<FlightLimits> {
  /** The origins, besides the server's own, whose pages may open WebSockets; none unless given. */
  readonly allowedOrigins?: readonly string[];
  /** What the sockets of one client have in common, of the address that a socket has: that address unless given. */
  readonly clientOf?: (remoteAddress: string | undefined) => string;
  /** Bounds of WebSockets that differ from `defaultSocketLimits`. */
  readonly socketLimits?: Partial<SocketLimits>;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** Serves calls of all protocols. */
export interface RpcHandler {
  /**
   * Answers a request that is a call, with the headers given beside its own, and returns true; returns false for any other, untouched.
   */
  handle(request: NodeRequest, response: NodeResponse, headers?: OutgoingHttpHeaders): boolean;
  /**
   * Answers a stream of HTTP/2 that is a call, likewise, and returns true; returns false, having touched nothing, for any other and for
   * calls that need Node's request and response: `handle` then answers these.
   */
  handleStream(stream: ServerHttp2Stream, request: IncomingHttpHeaders, headers?: OutgoingHttpHeaders): boolean;
  /**
   * Refuses a request that is a call with an error, in its own protocol, and returns true; returns false for any other, untouched.
   * `httpStatus` is the status of HTTP that streams and gRPC are refused with, which have 200 for all else.
   */
  refuse(request: NodeRequest, response: NodeResponse, error: ConnectError, httpStatus?: number): boolean;
  /** Takes or refuses a WebSocket for calls and returns true; returns false for any other upgrade, untouched. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The handlers that are running. */
  readonly running: RunningHandlers;
  /** The calls in flight: how many there are, and how many were refused for that. */
  readonly flights: Pick<CallsInFlight, "count" | "refused">;
}

function ignore(): void {}

const NO_HEADERS: OutgoingHttpHeaders = {};

/**
 * Creates the handler for gRPC, gRPC-Web, also in text mode and over WebSockets, and Connect calls. Two ways lead to a method: the direct
 * path for what most calls are (see `createDirectPath`), and for everything else the library's universal handlers, with what they lack
 * mended: see `guardMethod`, `clampTimeout`, `refuseCall` and `readTextCall`.
 */
export function createRpcHandler(options: RpcHandlerOptions): RpcHandler {
  const { maxCallsInFlight = 0, reservedFor = [], silenceLimitMs = DEFAULT_SILENCE_LIMIT_MS } = options;
  const running = createRunningHandlers();
  const flights = new CallsInFlight({ maxCallsInFlight, reservedFor }, running);
  const methods = createMethods(options, running);
  const directMethods = createDirectMethods({ ...options, library: methods, running });
  const direct = createDirectPath({
    ...options,
    silenceLimitMs,
    flights,
    compressions,
    methods: directMethods,
  });
  const refusalOf = (method: UniversalHandler | undefined) => {
    if (options.draining.aborted) return ConnectError.from(options.draining.reason);
    return flights.refuses(method?.service.typeName) ? tooManyCalls() : undefined;
  };
  const upgrade = createSocketDoor({ ...options, methods: directMethods, flights });
  return {
    running,
    flights,
    upgrade,
    refuse(request, response, error, httpStatus) {
      if (!isCall(request) && !methods.has(pathOf(request))) return false;
      refuseCall(request, response, error, httpStatus);
      endRefusedCall(request, response);
      return true;
    },
    handleStream: (stream, request, headers = NO_HEADERS) => direct.serveHttp2(stream, request, headers),
    handle(request, response, headers = NO_HEADERS) {
      if (!("stream" in request) && !("stream" in response) && direct.serveHttp1(request, response, headers))
        return true;
      const method = methods.get(pathOf(request));
      if (method === undefined && !isCall(request)) return false;
      // What a broken connection brings is told to whoever reads or writes; here it must only not end the process.
      request.on("error", ignore);
      response.on("error", ignore);
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
      const refusal = refusalOf(method);
      if (method === undefined || refusal !== undefined) {
        refuseCall(request, response, refusal ?? unknownMethod(request));
        endRefusedCall(request, response);
        return true;
      }
      const flight = new HttpFlight("stream" in response ? response.stream : response, silenceLimitMs);
      flights.enter(flight);
      response.on("close", () => flights.leave(flight));
      serveHttpCall(method, request, response).catch((error) => {
        response.destroy();
        if (ConnectError.from(error).code !== Code.Canceled) options.onError(error);
      });
      return true;
    },
  };
}

function pathOf({ url }: NodeRequest): string {
  return url?.split("?", 1)[0] ?? "";
}
