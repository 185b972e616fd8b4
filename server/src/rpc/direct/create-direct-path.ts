import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { Http2ServerRequest, Http2ServerResponse, type ServerHttp2Stream } from "node:http2";
import type { Readable } from "node:stream";
import { Code, ConnectError } from "@connectrpc/connect";
import type { Compression } from "@connectrpc/connect/protocol";
import type { CallsInFlight } from "../calls-in-flight.ts";
import { HttpFlight } from "../http-flight.ts";
import { silenceError } from "../limit-silence.ts";
import type { NodeRequest, NodeResponse } from "../node-http.ts";
import { serveHttpCall } from "../serve-http-call.ts";
import { type CallTerms, createTermsReader } from "./call-terms.ts";
import { DirectCall } from "./direct-call.ts";
import type { DirectMethod } from "./direct-method.ts";
import { envelopeEnd } from "./envelope.ts";
import { Http1Reply } from "./http1-reply.ts";
import { Http2Reply } from "./http2-reply.ts";
import { LazyHeaders } from "./lazy-headers.ts";
import { closeReason, resetReason } from "./leave-reason.ts";
import { createOrigins } from "./origins.ts";
import { parseInput } from "./parse-input.ts";
import { type BodyLimit, type BodyRead, readBody, replay } from "./read-body.ts";
import type { Reply } from "./reply.ts";
import { serveStream } from "./serve-stream.ts";
import { serveUnary } from "./serve-unary.ts";
import type { WireFormat } from "./wire-format.ts";

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

/** A call as far as its headers tell. */
interface Arrival {
  readonly method: DirectMethod;
  readonly format: WireFormat;
  readonly terms: CallTerms;
  readonly headers: IncomingHttpHeaders;
}

/** What a call comes and goes through. */
interface Channel {
  /** Scheme and authority, such as `http://localhost:8080`. */
  readonly origin: string;
  readonly body: Readable;
  readonly reply: Reply;
  readonly flight: HttpFlight;
  /** Has the library serve the call from its start. */
  giveUp(body: BodyRead): void;
}

/**
 * Creates the direct path for unary and server-streaming calls. It takes a call only when it is certain to answer as the library would:
 * what its headers ask for beyond that, and every body that is not one plain message, is the library's.
 */
export function createDirectPath(options: DirectPathOptions): DirectPath {
  const { methods, maxMessageBytes, silenceLimitMs, flights, draining, onError } = options;
  const readTerms = createTermsReader(options.compressions);
  const originOf = createOrigins();
  const streams = new Set<DirectCall>();
  // What is too large is refused before the rest of it comes.
  const limitOfEnvelope: BodyLimit = (start) => envelopeEnd(start, maxMessageBytes);
  const limitOfMessage: BodyLimit = () => maxMessageBytes;
  draining.addEventListener("abort", () => {
    for (const call of streams) call.abort(draining.reason);
  });

  function arrivalOf(path: string | undefined, headers: IncomingHttpHeaders): Arrival | undefined {
    const method = methods.get(path ?? "");
    const format = method?.formats.get(headers["content-type"] ?? "");
    if (method === undefined || format === undefined || draining.aborted || flights.isFull) return undefined;
    if (format.protocol === "grpc-web" && headers.accept?.includes("grpc-web-text") === true) return undefined;
    if (!format.enveloped && Number(headers["content-length"]) > maxMessageBytes) return undefined;
    const terms = readTerms(format, headers);
    return terms && { method, format, terms, headers };
  }

  /** Serves a call, and returns what tells it that its client has left. */
  function serve(arrival: Arrival, channel: Channel): DirectCall {
    const { reply, flight } = channel;
    flights.enter(flight);
    const call = new DirectCall({
      ...arrival,
      requestHeader: new LazyHeaders(arrival.headers),
      origin: channel.origin,
    });
    const broken = (error: unknown) => {
      reply.destroy();
      onError(error);
    };
    const limitOf = arrival.format.enveloped ? limitOfEnvelope : limitOfMessage;
    const stopReading = readBody(channel.body, limitOf, flight, (body) => {
      flight.reading(undefined);
      call.onAbort = undefined;
      if (reply.gone) {
        // A reset ends the body, too: without this, each would be served as a call with half a message.
        call.end();
        return;
      }
      const input = parseInput(arrival, body, maxMessageBytes);
      if (input === undefined) {
        call.end();
        channel.giveUp(body);
      } else if (arrival.method.desc.methodKind === "unary") {
        serveUnary(call, input, reply, broken);
      } else {
        streams.add(call);
        void serveStream(call, input, reply)
          .catch(broken)
          .finally(() => streams.delete(call));
      }
    });
    flight.reading(() => stopReading(silenceError(silenceLimitMs)));
    call.onAbort = stopReading;
    return call;
  }

  /** Has the library serve a call of which the body was read already, or a part of it. */
  function serveByLibrary(method: DirectMethod, request: NodeRequest, response: NodeResponse, body: BodyRead) {
    const source = "stream" in request ? request.stream : request;
    serveHttpCall(method.library, request, response, replay(body, source)).catch((error) => {
      response.destroy();
      if (ConnectError.from(error).code !== Code.Canceled) onError(error);
    });
  }

  return {
    serveHttp2(stream, headers, common) {
      if (headers[":method"] !== "POST") return false;
      const arrival = arrivalOf(headers[":path"] as string | undefined, headers);
      if (arrival === undefined) return false;
      const encrypted = stream.session?.encrypted === true;
      const flight = new HttpFlight(stream, silenceLimitMs);
      const call = serve(arrival, {
        origin: originOf(encrypted, String(headers[":authority"] ?? headers.host ?? "")),
        body: stream,
        reply: new Http2Reply(stream, common),
        flight,
        giveUp(body) {
          const request = new Http2ServerRequest(stream, headers, {}, []);
          const response = new Http2ServerResponse(stream) as Http2ServerResponse & { flushHeaders(): void };
          for (const [name, value] of Object.entries(common)) if (value !== undefined) response.setHeader(name, value);
          serveByLibrary(arrival.method, request, response, body);
        },
      });
      stream.on("error", ignore);
      stream.on("close", () => {
        flights.leave(flight);
        if (!call.aborted) call.abort(resetReason(stream.rstCode ?? 0));
      });
      return true;
    },
    serveHttp1(request, response, common) {
      if (request.method !== "POST") return false;
      const arrival = arrivalOf(request.url, request.headers);
      // gRPC needs trailers: whoever sends it over HTTP/1.1 gets what the library makes of it.
      if (arrival === undefined || arrival.format.protocol === "grpc") return false;
      const encrypted = "encrypted" in request.socket;
      const flight = new HttpFlight(response, silenceLimitMs);
      const call = serve(arrival, {
        origin: originOf(encrypted, request.headers.host ?? ""),
        body: request,
        reply: new Http1Reply(response, common),
        flight,
        giveUp(body) {
          for (const [name, value] of Object.entries(common)) if (value !== undefined) response.setHeader(name, value);
          serveByLibrary(arrival.method, request, response, body);
        },
      });
      request.on("error", ignore);
      response.on("error", ignore);
      response.on("close", () => {
        flights.leave(flight);
        call.abort(closeReason(request.errored));
      });
      return true;
    },
  };
}

/** What a broken connection brings is told by its closing; here it must only not end the process. */
function ignore(): void {}
