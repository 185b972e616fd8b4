import type { IncomingMessage, ServerResponse } from "node:http";
import type { Http2ServerRequest, Http2ServerResponse } from "node:http2";

/** A request of Node's servers, HTTP/1.1 or HTTP/2. */
export type NodeRequest = IncomingMessage | Http2ServerRequest;

/** A response of Node's servers, HTTP/1.1 or HTTP/2. The latter has `flushHeaders` too; its types leave it out. */
export type NodeResponse = ServerResponse | (Http2ServerResponse & { flushHeaders(): void });
