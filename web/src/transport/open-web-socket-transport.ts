import type { Transport } from "@connectrpc/connect";
import { createWebSocketTransport, type WebSocketTransportOptions } from "@triptych/rpc-web";

/** The transport over a WebSocket. In a file of its own, so that a page loads its code only when a call needs it. */
export function openWebSocketTransport(options: WebSocketTransportOptions): Transport {
  return createWebSocketTransport(options);
}
