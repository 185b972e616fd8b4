import type { Duplex } from "node:stream";
import { WebSocket } from "ws";

/** A WebSocket that says when it is about to close because of what it read, while there is still time for a last word. */
export class CallSocket extends WebSocket {
  /** The connection underneath. */
  transport: Duplex | undefined = undefined;
  /** Told the close code, before the close frame goes out. */
  onClosing: ((code: number | undefined) => void) | undefined;

  override close(code?: number, reason?: string | Buffer): void {
    // Once: closing may itself end a call, which closes the socket.
    const tell = this.onClosing;
    this.onClosing = undefined;
    tell?.(code);
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
