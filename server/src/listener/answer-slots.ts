import { createAddressSlots } from "./address-slots.ts";
import type { HttpResponse } from "./http.ts";

/** How many answers that are no calls may be open at once: to pages, files, probes and whoever monitors. */
const MAX_ANSWERS = 2_000;
/** How many more may be open to probes and whoever monitors, so that a busy server is not taken for a broken one. */
const RESERVED_ANSWERS = 100;

/** Counts the answers that are no calls, from the headers of their requests until they are taken or their clients have gone. */
export interface AnswerSlots {
  readonly open: number;
  /** How many requests were refused because too many answers were open. */
  readonly refused: number;
  /** How many requests were refused because too many answers to their address were open. */
  readonly refusedForAddress: number;
  /** How many addresses have an answer open that counts towards their share. */
  readonly addresses: number;
  /**
   * Takes a place until the response is closed; false when there is none left, for all or for the address of the client, which is counted.
   * Reserved places are beside the share of an address.
   */
  take(response: HttpResponse, address: string, isReserved: boolean): boolean;
}

/** Creates counts of zero. `perAddress` is how many places one address may have, besides reserved ones; 0 means all. */
export function createAnswerSlots(perAddress: number): AnswerSlots {
  const byAddress = createAddressSlots(perAddress);
  let open = 0;
  let refused = 0;
  return {
    get open() {
      return open;
    },
    get refused() {
      return refused;
    },
    get refusedForAddress() {
      return byAddress.refused;
    },
    get addresses() {
      return byAddress.addresses;
    },
    take(response, address, isReserved) {
      if (open >= (isReserved ? MAX_ANSWERS + RESERVED_ANSWERS : MAX_ANSWERS)) {
        refused += 1;
        return false;
      }
      const free = isReserved ? () => undefined : byAddress.take(address);
      if (free === undefined) return false;
      open += 1;
      response.on("close", () => {
        open -= 1;
        free();
      });
      return true;
    },
  };
}
