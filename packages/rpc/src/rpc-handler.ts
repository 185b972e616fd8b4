import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { ConnectError, type ContextValues, type HandlerContext } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import { compressionBrotli, compressionGzip } from "@connectrpc/connect-node";
import type { Call, Peer } from "./call/call.ts";
import { type CallLimits, CallsInFlight } from "./call/calls-in-flight.ts";
import { FairShare, type FairShareOptions, type ShareRefusals } from "./call/fair-share.ts";
import { LoadShedder, type LoadSheddingOptions } from "./call/load-shedder.ts";
import { createMethods, type MethodOptions } from "./call/methods.ts";
import type { CallObserver } from "./call/observer.ts";
import { createOrigins } from "./call/origins.ts";
import type { WholeResponse } from "./call/response-writer.ts";
import { createRouter } from "./call/router.ts";
import { createRunningHandlers, type RunningHandlers } from "./call/running-handlers.ts";
import type { CallSettings, CallStart, GateWork } from "./call/settings.ts";
import { ALL_ARE_CLIENTS, type ClientLookup, type HttpContext } from "./carriers/http-context.ts";
import { handleRequest } from "./carriers/http1/handle-request.ts";
import { handleStream } from "./carriers/http2/handle-stream.ts";
import { defaultSocketLimits, type SocketLimits } from "./carriers/websocket/socket-limits.ts";
import { createSocketSlots } from "./carriers/websocket/socket-slots.ts";
import { createUpgradeHandler } from "./carriers/websocket/upgrade-handler.ts";
import type { Http2Stream, RequestHead } from "./http2/face.ts";
import { boundDecompression } from "./messages/bound-decompression.ts";
import { createConcurrencyLimit, MAX_DECOMPRESSIONS } from "./messages/concurrency-limit.ts";
import { DEFAULT_MAX_BUFFERED_BYTES, RequestBytes } from "./messages/request-bytes.ts";
import { createOptionsReader } from "./protocols/call-options.ts";
import { CAME_OF_AGE, isCall, rejection, tooManyCalls } from "./protocols/reject.ts";
import type { ProtocolName } from "./protocols/wire-format.ts";

/** What calls are served, and within which bounds. */
export interface RpcHandlerOptions extends MethodOptions, Partial<CallLimits> {
  /** Whether gRPC is served; true unless given. */
  readonly grpc?: boolean;
  /** Whether gRPC-Web is served, over WebSockets, too; true unless given. */
  readonly grpcWeb?: boolean;
  /** Whether Connect is served; true unless given. */
  readonly connect?: boolean;
  /** Whether calls of Connect must name its version; false unless given. */
  readonly requireConnectProtocolHeader?: boolean;
  /** The compressions that clients may use, the preferred one first; gzip and brotli unless given. */
  readonly acceptCompression?: readonly Compression[];
  /** Smaller messages are not compressed, in bytes; 1,024 unless given. */
  readonly compressMinBytes?: number;
  /** The longest timeout a client may ask for, in milliseconds; as long as it likes unless given. */
  readonly maxTimeoutMs?: number;
  /** What stands before the path of every method; nothing unless given. */
  readonly requestPathPrefix?: string;
  /** Makes the context values that a call begins with, of what is known when it begins; none unless given. */
  readonly contextValues?: (call: CallStart) => ContextValues;
  /** Run before the body of a call is read; what it throws is what the call ends with. One that returns nothing lets it pass at once. */
  readonly requestGate?: (context: HandlerContext, call: Call) => GateWork | undefined;
  /** What each caller may have of the server; what they like unless given. */
  readonly fairShare?: FairShareOptions | undefined;
  /** From which delay of the event loop on calls are shed, the costly ones first; none is unless given. */
  readonly loadShedding?: LoadSheddingOptions | undefined;
  /** Makes the error that clients are sent of what a call failed with: a ConnectError of an error of the application, say. As it is unless given. */
  readonly mapError?: (error: unknown) => unknown;
  /** Notified of every call that has started, and of its end. */
  readonly observer?: CallObserver;
  /** Runs what serves a call, at once: within an `AsyncLocalStorage`, say. Must not throw; called directly unless given. */
  readonly around?: (call: Call, run: () => void) => void;
  /** How long a client may send nothing of the only message of a call, in milliseconds; 30,000 unless given. */
  readonly readTimeoutMs?: number;
  /** Aborted, with a ConnectError, when the server starts to drain: no new calls, and streams end with that error. */
  readonly shutdownSignal: AbortSignal;
  /**
   * The most bytes that all calls together hold of request messages that are not complete; 0 means as many as come.
   * `DEFAULT_MAX_BUFFERED_BYTES` unless given.
   */
  readonly maxBufferedBytes?: number;
  /** The origins, besides the server's own, whose pages may open WebSockets; none unless given. */
  readonly allowedOrigins?: readonly string[];
  /** What the sockets of one client have in common, of the address that a socket has: that address unless given. */
  readonly clientOf?: (remoteAddress: string | undefined) => string;
  /** Who is at the other end of a connection, and the address of the client of a request: the client, and that of the connection, unless given. */
  readonly clients?: ClientLookup;
  /** Bounds of WebSockets that differ from `defaultSocketLimits`. */
  readonly socketLimits?: Partial<SocketLimits>;
  /** Called with what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** Serves calls of all protocols. */
export interface RpcHandler {
  /** Answers a request over HTTP/1.1 that is a call, with the headers given beside its own, and returns true; returns false for any other, untouched. */
  handleRequest(request: IncomingMessage, response: ServerResponse, headers?: OutgoingHttpHeaders): boolean;
  /** Answers a stream of HTTP/2 that is a call, likewise. */
  handleStream(stream: Http2Stream, head: RequestHead, endStream: boolean, headers?: OutgoingHttpHeaders): boolean;
  /** Takes or rejects a WebSocket for calls and returns true; returns false for any other upgrade, untouched. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  /** How a request that is a call is rejected with an error, in its own protocol; undefined for any other request. */
  rejectionOf(request: CallClaim, error: ConnectError): WholeResponse | undefined;
  /** The handlers that are running. */
  readonly running: RunningHandlers;
  /** The calls in flight: how many there are, and how many were rejected for that. */
  readonly calls: Pick<CallsInFlight, "count" | "rejected">;
  /** The request messages: the bytes that are held of them, and how many were rejected, for which bound. */
  readonly messages: MessageCounts;
  /** How many calls were refused for the share of their caller. */
  readonly shares: ShareRefusals;
  /** How overloaded the event loop is, from 0, not at all, and how many calls were shed for that. */
  readonly shedding: Pick<LoadShedder, "level" | "refused">;
  /** Ends the streams of a connection that has come of age, with UNAVAILABLE. */
  endStreamsOf(connection: Peer): void;
  /** What is held for clients, by what it is; all 0 once no call is open and no handler runs. */
  held(): RpcHolds & Readonly<Record<string, number>>;
}

/** How much is held for clients. */
export interface RpcHolds {
  /** Calls from their headers to their end. */
  readonly calls: number;
  /** Handlers that run, also those whose client has disconnected. */
  readonly handlers: number;
  /** Bytes of request messages that are not complete. */
  readonly requestBytes: number;
  /** Places of WebSockets. */
  readonly sockets: number;
  /** Addresses that have such a place. */
  readonly socketAddresses: number;
  /** Callers who have calls in flight, where they are counted. */
  readonly callers: number;
}

/** What is counted of request messages. */
export interface MessageCounts {
  /** How many bytes are held of messages that are not complete. */
  readonly bufferedBytes: number;
  /** How many messages were rejected for their elements. */
  readonly tooManyElements: number;
  /** How many calls were rejected because all together held too many bytes. */
  readonly tooManyBytes: number;
  /** How many calls were rejected because their message came too slowly. */
  readonly tooSlow: number;
}

/** What of a request says whether it is a call. */
export interface CallClaim {
  readonly verb: string | undefined;
  /** Without the query. */
  readonly path: string;
  readonly contentType: string;
}

function protocolsOf({ grpc = true, grpcWeb = true, connect = true }: RpcHandlerOptions): ReadonlySet<ProtocolName> {
  const served = { grpc, "grpc-web": grpcWeb, connect };
  return new Set((["grpc", "grpc-web", "connect"] as const).filter((name) => served[name]));
}

const NOTHING_REFUSED: ShareRefusals = { rate: 0, calls: 0, streams: 0, bytes: 0 };
const NOTHING_SHED: RpcHandler["shedding"] = { level: 0, refused: 0 };
const NO_HEADERS: OutgoingHttpHeaders = Object.freeze({});

/** Creates the handler for gRPC, gRPC-Web, also in text mode and over WebSockets, and Connect calls. */
export function createRpcHandler(options: RpcHandlerOptions): RpcHandler {
  const { maxCallsInFlight = 0, reservedFor = [], shutdownSignal, requestPathPrefix: pathPrefix = "" } = options;
  const running = createRunningHandlers();
  const calls = new CallsInFlight({ maxCallsInFlight, reservedFor }, running);
  const requestBytes = new RequestBytes({ maxBufferedBytes: options.maxBufferedBytes ?? DEFAULT_MAX_BUFFERED_BYTES });
  const limits = { ...defaultSocketLimits, ...options.socketLimits };
  const slots = createSocketSlots(limits);
  const messages = new Counts(requestBytes);
  const onTooManyElements = () => {
    messages.tooManyElements += 1;
  };
  const methods = createMethods({ ...options, onTooManyElements });
  const readOptions = createOptionsReader({
    compressions: (options.acceptCompression ?? [compressionGzip, compressionBrotli]).map(boundDecompression),
    maxTimeoutMs: options.maxTimeoutMs ?? Number.MAX_SAFE_INTEGER,
  });
  const clientOf = options.clientOf ?? ((address = "") => address);
  const fairShare = options.fairShare && new FairShare(options.fairShare, { clientOf, maxCallsInFlight });
  const loadShedder =
    options.loadShedding &&
    new LoadShedder(
      { callerOf: options.fairShare?.callerOf, ...options.loadShedding },
      { methods: methods.values(), clientOf, neverOf: reservedFor },
    );
  const settings: CallSettings = {
    readMaxBytes: options.readMaxBytes,
    readTimeoutMs: options.readTimeoutMs ?? 30_000,
    compressMinBytes: options.compressMinBytes ?? 1_024,
    requestBytes,
    decompression: createConcurrencyLimit(MAX_DECOMPRESSIONS),
    running,
    calls,
    contextValues: options.contextValues,
    requestGate: options.requestGate,
    fairShare,
    loadShedder,
    mapError: options.mapError,
    observer: options.observer,
    around: options.around,
    onError: options.onError,
  };
  const { requireConnectProtocolHeader = false } = options;
  const protocols = protocolsOf(options);
  const context: HttpContext = {
    settings,
    route: createRouter({ methods, readOptions, pathPrefix, protocols, requireConnectProtocolHeader }),
    originOf: createOrigins(),
    clients: options.clients ?? ALL_ARE_CLIENTS,
    admit(route) {
      if ("response" in route) return route.response;
      const { method, contentType } = route;
      if (shutdownSignal.aborted) return rejection(contentType, ConnectError.from(shutdownSignal.reason));
      return calls.rejects(method.desc.parent.typeName) ? rejection(contentType, tooManyCalls()) : route;
    },
  };
  shutdownSignal.addEventListener("abort", () => {
    loadShedder?.stop();
    calls.drain(shutdownSignal.reason);
  });
  return {
    running,
    calls,
    messages,
    shares: fairShare?.refused ?? NOTHING_REFUSED,
    shedding: loadShedder ?? NOTHING_SHED,
    endStreamsOf: (connection) => calls.drain(CAME_OF_AGE, connection),
    rejectionOf({ verb, path, contentType }, error) {
      const own = path.startsWith(pathPrefix) ? path.slice(pathPrefix.length) : path;
      const isOurs = methods.has(own) || isCall(verb, own, contentType);
      return isOurs ? rejection(contentType, error) : undefined;
    },
    held: () => ({
      calls: calls.open,
      handlers: running.count,
      requestBytes: requestBytes.total,
      sockets: slots.count,
      socketAddresses: slots.addresses,
      callers: fairShare?.callersInFlight ?? 0,
    }),
    handleUpgrade: createUpgradeHandler({ ...options, pathPrefix, methods, settings, readOptions, slots, limits }),
    handleStream: (stream, head, endStream, common = NO_HEADERS) =>
      handleStream(context, stream, head, endStream, common),
    handleRequest: (request, response, common = NO_HEADERS) => handleRequest(context, request, response, common),
  };
}

class Counts implements MessageCounts {
  tooManyElements = 0;
  private readonly requestBytes: RequestBytes;

  constructor(requestBytes: RequestBytes) {
    this.requestBytes = requestBytes;
  }

  get bufferedBytes(): number {
    return this.requestBytes.total;
  }

  get tooManyBytes(): number {
    return this.requestBytes.rejected;
  }

  get tooSlow(): number {
    return this.requestBytes.tooSlow;
  }
}
