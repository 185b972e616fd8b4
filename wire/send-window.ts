import { INITIAL_WINDOW_BYTES, MAX_WINDOW_BYTES } from "./call-protocol.ts";
import { ProtocolError } from "./protocol-error.ts";

/** The flow-control window of a sender: how many bytes it may send on a stream. */
export interface SendWindow {
  /** Takes at most so many bytes, as many as there are; 0 when there are none. */
  take(most: number): number;
  /**
   * Adds a window update of the other end.
   * @throws ProtocolError when the window would be larger than one may be.
   */
  update(bytes: number): void;
}

/** Creates the window that every stream starts with. */
export function createSendWindow(): SendWindow {
  let size = INITIAL_WINDOW_BYTES;
  return {
    take(most) {
      const taken = Math.min(most, size);
      size -= taken;
      return taken;
    },
    update(bytes) {
      if (size + bytes > MAX_WINDOW_BYTES) {
        throw new ProtocolError(`the window must stay under ${MAX_WINDOW_BYTES + 1} bytes`);
      }
      size += bytes;
    },
  };
}
