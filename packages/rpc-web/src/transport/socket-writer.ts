import type { Cancel } from "../environment/stream-environment.ts";
import { type CallSocket, SOCKET_IS_OPEN } from "./call-socket.ts";

/** Sends messages over a socket, and lets what is large wait for its turn. */
export interface SocketWriter {
  /** Sends now; for what is small. Does nothing when the socket is not open. */
  send(message: Uint8Array<ArrayBuffer>): void;
  /** Sends once little waits to go out, in the order of asking; resolves with false when the socket is closed. */
  sendInTurn(message: Uint8Array<ArrayBuffer>): Promise<boolean>;
  /** The socket is closed: whatever waits for its turn resolves with false. */
  close(): void;
}

/** As long as this many bytes wait to go out, no turn comes. */
export const LOW_WATER_BYTES = 65_536;
/** A socket of a browser has no event for room, so it is polled this often, in milliseconds. */
const POLL_MS = 8;

/** Creates the writer of a socket. There must be one only, because turns are its business. */
export function createSocketWriter(
  socket: CallSocket,
  schedule: (ms: number, run: () => void) => Cancel,
): SocketWriter {
  const waiting: (() => void)[] = [];
  const isOpen = () => socket.readyState === SOCKET_IS_OPEN;
  const hasRoom = () => !isOpen() || socket.bufferedAmount < LOW_WATER_BYTES;
  const write = (message: Uint8Array<ArrayBuffer>): boolean => {
    if (!isOpen()) return false;
    socket.send(message);
    return true;
  };
  const callNext = () => {
    while (hasRoom()) {
      const next = waiting.shift();
      if (next === undefined) return;
      next();
    }
    if (waiting.length > 0) schedule(POLL_MS, callNext);
  };
  return {
    send: write,
    async sendInTurn(message) {
      if (waiting.length === 0 && hasRoom()) return write(message);
      if (waiting.length === 0) schedule(POLL_MS, callNext);
      return new Promise((resolve) => waiting.push(() => resolve(write(message))));
    },
    close() {
      for (const next of waiting.splice(0)) next();
    },
  };
}
