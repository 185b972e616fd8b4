import { Code, ConnectError } from "@connectrpc/connect";

/** The part of a browser's WebSocket that calls need. */
export type CallSocket = Pick<
  WebSocket,
  "binaryType" | "bufferedAmount" | "readyState" | "protocol" | "onopen" | "onmessage" | "onclose" | "send" | "close"
>;

/** Opens a socket to an address with a subprotocol; its events show whether that succeeds. */
export type OpenSocket = (url: string, protocol: string) => CallSocket;

/** The value of `readyState` while bytes can go. */
export const SOCKET_IS_OPEN = 1;

/**
 * The codes with which a socket is closed from this side. Pages may only use 1000 and those of applications, so that the second stands
 * for 1002, a broken protocol.
 */
export const closeCodes = { normal: 1000, protocolError: 4002 } as const;

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
