import { INITIAL_CREDIT } from "./call-protocol.ts";
import { Malformed } from "./malformed.ts";

/** How many bytes the other end may still send on a stream. */
export interface ReceiveCredit {
  /** Bytes have arrived. Throws Malformed when there was no credit for them. */
  receive(bytes: number): void;
  /** Bytes that had arrived are used, so that as many may come again. */
  use(bytes: number): void;
}

/** Creates the credit that every stream starts with; `grant` sends more, whenever half of it is used. */
export function createReceiveCredit(grant: (bytes: number) => void): ReceiveCredit {
  let credit = INITIAL_CREDIT;
  let used = 0;
  return {
    receive(bytes) {
      if (bytes > credit) throw new Malformed(`the stream had credit for ${credit} bytes: got ${bytes}`);
      credit -= bytes;
    },
    use(bytes) {
      used += bytes;
      if (used < INITIAL_CREDIT / 2) return;
      credit += used;
      grant(used);
      used = 0;
    },
  };
}
