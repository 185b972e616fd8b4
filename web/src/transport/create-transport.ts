import type { Interceptor, Transport } from "@connectrpc/connect";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { networkErrors, type RecorderSource } from "@triptych/rpc-web";
import { lazyTransport } from "./lazy-transport.ts";
import type { Protocol } from "./protocol.ts";

/** Where and how to call the server. */
export interface CreateTransportOptions {
  readonly protocol: Protocol;
  /** The address the paths of the methods are appended to, such as `http://localhost:8080` or `/`. */
  readonly baseUrl: string;
  /** Run around every call, the first outermost. */
  readonly interceptors?: readonly Interceptor[];
  /** What to make requests with; the browser's own where absent. */
  readonly fetch?: typeof globalThis.fetch;
  /** Records calls that do not go over `fetch`. */
  readonly recorder?: RecorderSource | undefined;
}

/**
 * Makes the transport for a protocol: unary and server-streaming calls over `fetch`, and all four kinds over a WebSocket. Every
 * call over `fetch` is a POST, so that all protocols are alike to whatever is in between. A connection that cannot be made
 * or breaks is UNAVAILABLE.
 */
export function createTransport({
  protocol,
  baseUrl,
  interceptors = [],
  fetch,
  recorder,
}: CreateTransportOptions): Transport {
  const options = {
    baseUrl,
    interceptors: [...interceptors, networkErrors],
    ...(fetch === undefined ? {} : { fetch }),
  };
  switch (protocol) {
    case "grpc-web":
      return createGrpcWebTransport(options);
    case "connect":
      return createConnectTransport({ ...options, useBinaryFormat: true, useHttpGet: false });
    case "connect-json":
      return createConnectTransport({ ...options, useBinaryFormat: false, useHttpGet: false });
    case "websocket":
      return lazyTransport(async () => {
        const { openWebSocketTransport } = await import("./open-web-socket-transport.ts");
        return openWebSocketTransport({ baseUrl, interceptors, recorder });
      });
  }
}
