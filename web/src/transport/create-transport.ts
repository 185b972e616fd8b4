import type { Interceptor, Transport } from "@connectrpc/connect";
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
 * or breaks is UNAVAILABLE. The code of a protocol is loaded apart, beside that of the page: no first paint waits for it.
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
  return lazyTransport(async () => {
    switch (protocol) {
      case "grpc-web": {
        const { openGrpcWebTransport } = await import("./open-grpc-web-transport.ts");
        return openGrpcWebTransport(options);
      }
      case "connect":
      case "connect-json": {
        const { openConnectTransport } = await import("./open-connect-transport.ts");
        return openConnectTransport({ ...options, useBinaryFormat: protocol === "connect", useHttpGet: false });
      }
      case "websocket": {
        const { openWebSocketTransport } = await import("./open-web-socket-transport.ts");
        return openWebSocketTransport({ baseUrl, interceptors, recorder });
      }
    }
  });
}
