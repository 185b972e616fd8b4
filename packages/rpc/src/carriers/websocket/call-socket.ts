import type { Duplex } from "node:stream";
import { WebSocket } from "ws";

/** A WebSocket that calls back when it is about to close because of what it read, while a last message can still be sent. */
export class CallSocket extends WebSocket {
  /** The connection underneath. */
  transport: Duplex | undefined = undefined;
  /** Given the close code, before the close frame goes out. */
  onClosing: ((code: number | undefined) => void) | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    // Once: closing may itself end a call, which closes the socket.
    const notify = this.onClosing;
    this.onClosing = undefined;
    notify?.(code);
    super.close(code, reason);
  }
}

/** The codes of the WebSocket protocol with which a socket is closed here. */
export const closeCodes = {
  normal: 1000,
  goingAway: 1001,
  protocolError: 1002,
  unsupportedData: 1003,
  policyViolation: 1008,
} as const;
