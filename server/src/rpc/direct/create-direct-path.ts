import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { ServerHttp2Stream } from "node:http2";
import type { Compression } from "@connectrpc/connect/protocol";
import type { CallsInFlight } from "../calls-in-flight.ts";
import type { RequestBytes } from "../messages/request-bytes.ts";
import { createTermsReader } from "./call-terms.ts";
import type { DirectCall } from "./direct-call.ts";
import type { DirectMethod } from "./direct-method.ts";
import { Http1Call } from "./http1-call.ts";
import { Http2Call } from "./http2-call.ts";
import type { Arrival } from "./incoming-call.ts";
import { createOrigins } from "./origins.ts";

/** What the direct path is made of. */
export interface DirectPathOptions {
  /** The methods it serves, by path. */
  readonly methods: ReadonlyMap<string, DirectMethod>;
  readonly compressions: readonly Compression[];
  /** The largest request message in bytes. */
  readonly maxMessageBytes: number;
  /** How long a client may send nothing of its message, in milliseconds. */
  readonly silenceLimitMs: number;
  /** Where calls count; when it is full, none is served here. */
  readonly flights: CallsInFlight;
  /** Where the bytes of incomplete messages count. */
  readonly requestBytes: RequestBytes;
  /** Aborted when the server starts to drain: streams end with the reason. */
  readonly draining: AbortSignal;
  /** Told of what breaks outside a method's implementation. */
  readonly onError: (error: unknown) => void;
}

/** Serves calls straight on Node's servers. */
export interface DirectPath {
  /** Serves a call on a stream of HTTP/2 and returns true; returns false, having touched nothing, when it is not one for it. */
  serveHttp2(stream: ServerHttp2Stream, headers: IncomingHttpHeaders, common: OutgoingHttpHeaders): boolean;
  /** Serves a call over HTTP/1.1 and returns true; returns false, having touched nothing, when it is not one for it. */
  serveHttp1(request: IncomingMessage, response: ServerResponse, common: OutgoingHttpHeaders): boolean;
}

/**
 * Creates the direct path for unary and server-streaming calls. It takes a call only when it is certain to answer as the library would:
 * what its headers ask for beyond that, and every body that is not one plain message, is the library's.
 */
export function createDirectPath(options: DirectPathOptions): DirectPath {
  const { methods, maxMessageBytes, draining, flights } = options;
  const readTerms = createTermsReader(options.compressions);
  const originOf = createOrigins();
  const state = { ...options, streams: new Set<DirectCall>() };
  draining.addEventListener("abort", () => {
    for (const call of state.streams) call.abort(draining.reason);
  });

  function arrivalOf(
    path: string | undefined,
    headers: IncomingHttpHeaders,
    common: OutgoingHttpHeaders,
  ): Arrival | undefined {
    const method = methods.get(path ?? "");
    const format = method?.formats.get(headers["content-type"] ?? "");
    if (method === undefined || format === undefined || draining.aborted || flights.isFull) return undefined;
    if (format.protocol === "grpc-web" && headers.accept?.includes("grpc-web-text") === true) return undefined;
    if (!format.enveloped && Number(headers["content-length"]) > maxMessageBytes) return undefined;
    const terms = readTerms(format, headers);
    return terms && { method, format, terms, headers, common };
  }

  return {
    serveHttp2(stream, headers, common) {
      if (headers[":method"] !== "POST") return false;
      const arrival = arrivalOf(headers[":path"] as string | undefined, headers, common);
      if (arrival === undefined) return false;
      const encrypted = stream.session?.encrypted === true;
      const origin = originOf(encrypted, String(headers[":authority"] ?? headers.host ?? ""));
      new Http2Call(state, arrival, stream, origin).start();
      return true;
    },
    serveHttp1(request, response, common) {
      if (request.method !== "POST") return false;
      const arrival = arrivalOf(request.url, request.headers, common);
      // gRPC needs trailers: whoever sends it over HTTP/1.1 gets what the library makes of it.
      if (arrival === undefined || arrival.format.protocol === "grpc") return false;
      const origin = originOf("encrypted" in request.socket, request.headers.host ?? "");
      new Http1Call(state, arrival, { request, response }, origin).start();
      return true;
    },
  };
}
