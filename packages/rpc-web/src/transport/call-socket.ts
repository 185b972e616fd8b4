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
