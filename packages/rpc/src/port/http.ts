import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { ExchangeRequest } from "../http2/exchange-request.ts";
import type { ExchangeResponse } from "../http2/exchange-response.ts";
import type { Http2Stream, RequestHead } from "../http2/face.ts";

/** A request of either HTTP version. */
export type HttpRequest = IncomingMessage | ExchangeRequest;

/** A response of either HTTP version. */
export type HttpResponse = ServerResponse | ExchangeResponse;

/** Answers a request; the connection or stream of one for which it throws or rejects is cut. */
export type RequestListener = (request: HttpRequest, response: HttpResponse) => unknown;

/** Answers a request over HTTP/1.1. */
export type Http1Listener = (request: IncomingMessage, response: ServerResponse) => void;

/** Answers a stream of HTTP/2; `endStream` says that there is no body. */
export type StreamListener = (stream: Http2Stream, head: RequestHead, endStream: boolean) => void;

/** Takes over the socket of a request to upgrade, such as to a WebSocket; `head` is what was read behind the request. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Rejects a request that is malformed: says what is wrong with it, with a status of HTTP. */
export type MalformedListener = (request: HttpRequest, response: HttpResponse, reason: string) => void;
