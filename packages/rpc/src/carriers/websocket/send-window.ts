import { INITIAL_CREDIT, MAX_CREDIT } from "@triptych/wire/call-protocol.ts";
import { Malformed } from "@triptych/wire/malformed.ts";

/** How many bytes may be sent on a stream. */
export interface SendWindow {
  /** Takes at most so many bytes, as many as there are; 0 when there are none. */
  take(most: number): number;
  /** Adds what the other end granted. Throws Malformed when that is more than a window may have. */
  grow(bytes: number): void;
}

/** Creates the window that every stream starts with. */
export function createSendWindow(): SendWindow {
  let size = INITIAL_CREDIT;
  return {
    take(most) {
      const taken = Math.min(most, size);
      size -= taken;
      return taken;
    },
    grow(bytes) {
      if (size + bytes > MAX_CREDIT) throw new Malformed(`credit must stay under ${MAX_CREDIT + 1} bytes`);
      size += bytes;
    },
  };
}
