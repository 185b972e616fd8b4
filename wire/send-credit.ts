import { INITIAL_CREDIT, MAX_CREDIT } from "./call-protocol.ts";
import { Malformed } from "./malformed.ts";

/** How many bytes one end may send on a stream. For one sender: nothing is taken while an earlier taking waits. */
export interface SendCredit {
  /** Takes 1 to `most` bytes, as many as there are; waits while there are none. Resolves with 0 once it is closed. */
  take(most: number): Promise<number>;
  /** Adds what the other end granted. Throws Malformed when that is more credit than a stream may have. */
  grant(bytes: number): void;
  /** The stream is over: whoever waits is told. */
  close(): void;
}

/** Creates the credit that every stream starts with. */
export function createSendCredit(): SendCredit {
  let credit = INITIAL_CREDIT;
  let closed = false;
  let wake: (() => void) | undefined;
  const wakeUp = () => {
    wake?.();
    wake = undefined;
  };
  return {
    async take(most) {
      while (credit === 0 && !closed) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
      if (closed) return 0;
      const taken = Math.min(most, credit);
      credit -= taken;
      return taken;
    },
    grant(bytes) {
      if (credit + bytes > MAX_CREDIT) throw new Malformed(`credit must stay under ${MAX_CREDIT + 1} bytes`);
      credit += bytes;
      wakeUp();
    },
    close() {
      closed = true;
      wakeUp();
    },
  };
}
