import { WebSocket } from "ws";
import type { CallSocket } from "./call-socket.ts";

/** As long as this many bytes wait to go out, nobody's turn comes. */
const LOW_WATER_BYTES = 65_536;

/** Sends the messages of one socket, and lets who has much to send wait for its turn. There must be one for a socket only. */
export class SocketWriter {
  private readonly socket: CallSocket;
  private readonly waiting: (() => void)[] = [];
  private isCorked = false;

  constructor(socket: CallSocket) {
    this.socket = socket;
    socket.on("close", this.callNext);
  }

  /** Whether nothing is sent any more. */
  get isClosed(): boolean {
    return this.socket.readyState !== WebSocket.OPEN;
  }

  /** Whether what is sent now goes out soon, and nobody else waits for that. */
  get hasRoom(): boolean {
    return this.waiting.length === 0 && this.isDrained;
  }

  /** Sends now, whether there is room or not. Does nothing when the socket is closed. */
  send(message: Uint8Array): void {
    if (this.isClosed) return;
    this.cork();
    this.socket.send(message, this.callNext);
  }

  /** Calls back once it is this one's turn, or the socket is closed. */
  whenRoom(resume: () => void): void {
    this.waiting.push(resume);
  }

  private get isDrained(): boolean {
    return this.isClosed || this.socket.bufferedAmount < LOW_WATER_BYTES;
  }

  /** What is sent before the event loop turns goes out in one write: to write each frame by itself took a third of the time of a message. */
  private cork(): void {
    const { transport } = this.socket;
    if (this.isCorked || transport === undefined) return;
    this.isCorked = true;
    transport.cork();
    process.nextTick(() => {
      this.isCorked = false;
      transport.uncork();
    });
  }

  private readonly callNext = (): void => {
    while (this.isDrained) {
      const next = this.waiting.shift();
      if (next === undefined) return;
      next();
    }
  };
}
