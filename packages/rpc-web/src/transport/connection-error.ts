import { Code, ConnectError } from "@connectrpc/connect";

const GOING_AWAY = 1001;
/** Codes of the WebSocket protocol with which a server says that this side broke a rule. */
const BROKEN_RULE = new Set([1002, 1003, 1007, 1008, 1009]);

/** What the calls of a socket that has closed fail with: INTERNAL when this side was at fault, else UNAVAILABLE. */
export function connectionError({ code, reason }: { readonly code: number; readonly reason: string }): ConnectError {
  if (BROKEN_RULE.has(code)) {
    return new ConnectError(`the server closed the connection: ${reason || `code ${code}`}`, Code.Internal);
  }
  if (code === GOING_AWAY) return new ConnectError("the server is shutting down", Code.Unavailable);
  // A browser lets a page know no more than that, whatever the cause.
  return new ConnectError("no connection to the server", Code.Unavailable);
}
