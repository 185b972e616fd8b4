import { INITIAL_WINDOW_BYTES } from "./call-protocol.ts";
import { ProtocolError } from "./protocol-error.ts";

/** The flow-control window of a receiver: how many bytes the other end may still send on a stream. */
export interface ReceiveWindow {
  /**
   * Bytes have arrived.
   * @throws ProtocolError when they are more than the window has left.
   */
  receive(bytes: number): void;
  /** Bytes that had arrived are used, so that as many may come again. */
  use(bytes: number): void;
}

/** Creates the window that every stream starts with; `sendUpdate` opens it again whenever half of it is used. */
export function createReceiveWindow(sendUpdate: (bytes: number) => void): ReceiveWindow {
  let left = INITIAL_WINDOW_BYTES;
  let used = 0;
  return {
    receive(bytes) {
      if (bytes > left) throw new ProtocolError(`the window had ${left} bytes left: got ${bytes}`);
      left -= bytes;
    },
    use(bytes) {
      used += bytes;
      if (used < INITIAL_WINDOW_BYTES / 2) return;
      left += used;
      sendUpdate(used);
      used = 0;
    },
  };
}
