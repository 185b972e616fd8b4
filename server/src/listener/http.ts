import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse, ServerHttp2Stream } from "node:http2";
import type { Duplex } from "node:stream";

/** A request of either HTTP version. */
export type HttpRequest = IncomingMessage | Http2ServerRequest;

/** A response of either HTTP version. The type of HTTP/2's leaves out `flushHeaders`, which it has. */
export type HttpResponse = ServerResponse | (Http2ServerResponse & { flushHeaders(): void });

/** Answers a request. Must not throw. */
export type RequestListener = (request: HttpRequest, response: HttpResponse) => void;

/** Answers a stream of HTTP/2 and returns true, or returns false, having touched nothing, for one that a RequestListener is to answer. */
export type StreamListener = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => boolean;

/** Takes over the socket of a request to upgrade, such as to a WebSocket; `head` is what was read behind the request. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Refuses a request that is malformed: says what is wrong with it, with a status of HTTP. */
export type MalformedListener = (request: HttpRequest, response: HttpResponse, reason: string) => void;
