import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Http2Stream, RequestHead } from "@triptych/rpc/http2/face.ts";

/** A request of either HTTP version. */
export type HttpRequest = IncomingMessage;

/** A response of either HTTP version. */
export type HttpResponse = ServerResponse;

/** Answers a request. Must not throw. */
export type RequestListener = (request: HttpRequest, response: HttpResponse) => void;

/** Answers a stream of HTTP/2 and returns true, or returns false, having touched nothing, for one that a RequestListener is to answer. */
export type StreamListener = (stream: Http2Stream, head: RequestHead, endStream: boolean) => boolean;

/** Takes over the socket of a request to upgrade, such as to a WebSocket; `head` is what was read behind the request. */
export type UpgradeListener = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
