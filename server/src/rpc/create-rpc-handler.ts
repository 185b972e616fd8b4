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
import { DEFAULT_MAX_BUFFERED_BYTES, RequestBytes } from "./messages/request-bytes.ts";
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
  /**
   * The most bytes that all calls together hold of request messages that are not complete; 0 means as many as come.
   * `DEFAULT_MAX_BUFFERED_BYTES` unless given.
   */
  readonly maxBufferedBytes?: number;
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
  /** The request messages: the bytes that are held of them, and how many were refused, for which bound. */
  readonly messages: MessageCounts;
}

/** What is counted of request messages. */
export interface MessageCounts {
  /** How many bytes are held of messages that are not complete. */
  readonly bufferedBytes: number;
  /** How many messages were refused for their elements. */
  readonly tooManyElements: number;
  /** How many calls were refused because all together held too many bytes. */
  readonly tooManyBytes: number;
  /** How many calls were refused because their message came too slowly. */
  readonly tooSlow: number;
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
  const requestBytes = new RequestBytes({ maxBufferedBytes: options.maxBufferedBytes ?? DEFAULT_MAX_BUFFERED_BYTES });
  let tooManyElements = 0;
  const onTooManyElements = () => {
    tooManyElements += 1;
  };
  const bounded = { ...options, requestBytes, onTooManyElements };
  const methods = createMethods(bounded, running);
  const directMethods = createDirectMethods({ ...bounded, library: methods, running });
  const direct = createDirectPath({
    ...bounded,
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
    messages: {
      get bufferedBytes() {
        return requestBytes.total;
      },
      get tooManyElements() {
        return tooManyElements;
      },
      get tooManyBytes() {
        return requestBytes.refused;
      },
      get tooSlow() {
        return requestBytes.tooSlow;
      },
    },
    upgrade,
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
