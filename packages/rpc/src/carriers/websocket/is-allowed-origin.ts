import type { IncomingMessage } from "node:http";

/**
 * Whether a request may open a WebSocket: browsers say which page wants to, in `origin`, and leave the decision to the server. Takes
 * the pages of the server's own origin, which is what `host` names, those on the list, and clients that are no browsers, which
 * send no origin. An encrypted server's own pages are encrypted too; in front of one in clear text there may be a proxy that encrypts.
 */
export function isAllowedOrigin(request: IncomingMessage, allowedOrigins: readonly string[]): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined || allowedOrigins.includes(origin)) return true;
  if (host === undefined) return false;
  const isEncrypted = "encrypted" in request.socket && request.socket.encrypted === true;
  return origin === `https://${host}` || (!isEncrypted && origin === `http://${host}`);
}
