import { WebSocket } from "ws";
import type { CallSocket } from "./call-socket.ts";

/** Sends messages, and lets who has much to send wait for its turn. */
export interface SocketWriter {
  /** Sends now; for what is small and rare. Does nothing when the socket is closed. */
  send(message: Uint8Array): void;
  /**
   * Sends once less than LOW_WATER_BYTES wait to go out, in the order of asking; resolves with false when the socket is closed. When
   * the signal is aborted first it resolves at once, and sends nothing.
   */
  sendInTurn(message: Uint8Array, signal: AbortSignal): Promise<boolean>;
  /** Resolves once it is this one's turn, or the socket is closed. */
  turn(): Promise<void>;
}

/** As long as this many bytes wait to go out, nobody's turn comes. */
const LOW_WATER_BYTES = 65_536;

/** Creates the writer of a socket. There must be one only, because turns are its business. */
export function createSocketWriter(socket: CallSocket): SocketWriter {
  const waiting: (() => void)[] = [];
  const hasRoom = () => socket.readyState !== WebSocket.OPEN || socket.bufferedAmount < LOW_WATER_BYTES;
  const callNext = () => {
    while (hasRoom()) {
      const next = waiting.shift();
      if (next === undefined) return;
      next();
    }
  };
  let isCorked = false;
  // What is sent before the event loop turns goes out in one write: to write each frame by itself took a third of the time of a message.
  const cork = () => {
    const { transport } = socket;
    if (isCorked || transport === undefined) return;
    isCorked = true;
    transport.cork();
    process.nextTick(() => {
      isCorked = false;
      transport.uncork();
    });
  };
  const write = (message: Uint8Array): boolean => {
    if (socket.readyState !== WebSocket.OPEN) return false;
    cork();
    socket.send(message, callNext);
    return true;
  };
  socket.on("close", callNext);
  return {
    send: write,
    async sendInTurn(message, signal) {
      if (signal.aborted) return true;
      if (waiting.length === 0 && hasRoom()) return write(message);
      return new Promise((resolve) => {
        const giveUp = () => resolve(true);
        signal.addEventListener("abort", giveUp, { once: true });
        // Sent within the call of its turn: whoever comes next must see what then waits to go out.
        waiting.push(() => {
          signal.removeEventListener("abort", giveUp);
          if (!signal.aborted) resolve(write(message));
        });
      });
    },
    async turn() {
      if (waiting.length === 0 && hasRoom()) return;
      await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
}
