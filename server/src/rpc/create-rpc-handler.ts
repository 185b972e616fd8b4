import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import type { UniversalHandler } from "@connectrpc/connect/protocol";
import { CallsInFlight, type FlightLimits } from "./calls-in-flight.ts";
import { compressions, createMethods, DEFAULT_SILENCE_LIMIT_MS, type MethodOptions } from "./create-methods.ts";
import { createDirectMethods } from "./direct/create-direct-methods.ts";
import { createDirectPath } from "./direct/create-direct-path.ts";
import { endRequest } from "./end-request.ts";
import { HttpFlight } from "./http-flight.ts";
import type { NodeRequest, NodeResponse } from "./node-http.ts";
import { isCall, refuseCall, tooManyCalls, unknownMethod } from "./refuse-call.ts";
import { createRunningHandlers, type RunningHandlers } from "./running-handlers.ts";
import { serveHttpCall } from "./serve-http-call.ts";
import { createSocketDoor } from "./web-socket/create-socket-door.ts";
import { defaultSocketLimits, type SocketLimits } from "./web-socket/socket-limits.ts";
import { createSocketSlots } from "./web-socket/socket-slots.ts";

/** What the rpc room serves, and within which bounds. */
export interface RpcHandlerOptions extends MethodOptions, Partial<FlightLimits> {
  /** The origins, besides the server's own, whose pages may open WebSockets; none unless given. */
  readonly allowedOrigins?: readonly string[];
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
  /** Takes or refuses a WebSocket for calls and returns true; returns false for any other upgrade, untouched. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** The handlers that are running. */
  readonly running: RunningHandlers;
  /** The calls in flight: how many there are, and how many were refused for that. */
  readonly flights: Pick<CallsInFlight, "count" | "refused">;
  /** What is held for clients, by what it is; all 0 once no call is open and no handler runs. */
  held(): RpcHolds;
}

/** How much the rpc room holds for its clients. */
export interface RpcHolds {
  /** Calls from their headers to their end. */
  readonly calls: number;
  /** Handlers that run, also those whose client has left. */
  readonly handlers: number;
  /** Places of WebSockets. */
  readonly sockets: number;
  /** Addresses that have such a place. */
  readonly socketAddresses: number;
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
  const slots = createSocketSlots({ ...defaultSocketLimits, ...options.socketLimits });
  const upgrade = createSocketDoor({ ...options, methods: directMethods, flights, slots });
  return {
    running,
    flights,
    upgrade,
    held: () => ({
      calls: flights.open,
      handlers: running.count,
      sockets: slots.count,
      socketAddresses: slots.addresses,
    }),
    handleStream: (stream, request, headers = NO_HEADERS) => direct.serveHttp2(stream, request, headers),
    handle(request, response, headers = NO_HEADERS) {
      if (!("stream" in request) && !("stream" in response) && direct.serveHttp1(request, response, headers))
        return true;
      const method = methods.get(request.url?.split("?", 1)[0] ?? "");
      if (method === undefined && !isCall(request)) return false;
      // What a broken connection brings is told to whoever reads or writes; here it must only not end the process.
      request.on("error", ignore);
      response.on("error", ignore);
      for (const [name, value] of Object.entries(headers)) if (value !== undefined) response.setHeader(name, value);
      const refusal = refusalOf(method);
      if (method === undefined || refusal !== undefined) {
        refuseCall(request, response, refusal ?? unknownMethod(request));
        if (!("stream" in request)) endRequest(request);
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
