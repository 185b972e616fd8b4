/** The name of the protocol, as the client offers it and the server takes it in `Sec-WebSocket-Protocol`. */
export const CALL_PROTOCOL = "triptych-calls.v1";

/** The path of the request that opens the socket. */
export const CALL_PATH = "/calls";

/** How many bytes of messages either end may send on a stream before the other sends a window update. */
export const INITIAL_WINDOW_BYTES = 65_536;

/** The largest window a stream may have, in bytes. */
export const MAX_WINDOW_BYTES = 2 ** 31 - 1;

/** The most bytes of messages that one frame carries. */
export const MAX_DATA_BYTES = 16_384;

/** The largest frame a client may send, in bytes: its head and a full payload. */
export const MAX_CLIENT_FRAME_BYTES = 5 + MAX_DATA_BYTES;

/** How many streams a client may have open on one socket. */
export const MAX_OPEN_STREAMS = 256;
