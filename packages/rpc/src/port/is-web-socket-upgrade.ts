import type { IncomingMessage } from "node:http";

/**
 * Whether a request is to become a WebSocket. Any other upgrade, such as the one to HTTP/2 that some clients offer with their first request,
 * is only an offer, and the request is answered as it is (RFC 9110, 7.8).
 */
export function isWebSocketUpgrade({ method, headers }: IncomingMessage): boolean {
  return method === "GET" && headers.upgrade?.toLowerCase() === "websocket";
}
