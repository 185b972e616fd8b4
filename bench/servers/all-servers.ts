import { nodePeer } from "./node-peer.ts";

/** The rpc package behind the listener, with trivial services. */
export const bare = nodePeer("bare", ["bare.ts"], true);
/** The same over TLS. */
export const bareTls = nodePeer("bare", ["bare.ts", "tls"], true);
/** The same as bare, with what a call of the app asks of a tracing that is off. */
export const bareUntraced = nodePeer("bare, asking for spans", ["bare.ts", "untraced"], true);
/** The same as bare, with functions that answer nothing where the one before asks. */
export const bareUnasked = nodePeer("bare, asking nothing", ["bare.ts", "unasked"], true);
/** Node's HTTP/2 with a fixed answer: as fast as a Node server can be. */
export const rawHttp2 = nodePeer("raw node:http2", ["raw-http2.ts"]);
/** The same over TLS. */
export const rawHttp2Tls = nodePeer("raw node:http2", ["raw-http2.ts", "tls"]);
/** Node's HTTP/2 with streams that stay open, and nothing behind them. */
export const rawHttp2Open = nodePeer("raw node:http2", ["raw-http2.ts", "stay-open"]);
/** The reference implementation of gRPC for Node. */
export const grpcJs = nodePeer("grpc-js", ["grpc-js.ts"]);
/** Connect's adapter for Node as it comes, over HTTP/2. */
export const connectNodeHttp2 = nodePeer("connect-node", ["connect-node-http2.ts"]);
/** Connect's adapter for Node as it comes, over HTTP/1.1. */
export const connectNodeHttp1 = nodePeer("connect-node", ["connect-node-http1.ts"]);

/** A JSON endpoint on node:http, written by hand. */
export const jsonHttp1 = nodePeer("hand-written JSON on node:http", ["json-http1.ts"]);

/** `ws` with nothing but an echo. */
export const wsEcho = nodePeer("raw ws echo", ["ws-echo.ts"]);

/** Node's HTTP/1.1 with the fixed answer of one protocol: as fast as a Node server can be. */
export function rawHttp1(answer: "grpc-web" | "proto" | "json") {
  return nodePeer("raw node:http", ["raw-http1.ts", answer]);
}
