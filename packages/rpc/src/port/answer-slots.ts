import { createAddressSlots } from "./address-slots.ts";
import type { HttpResponse } from "./http.ts";

/** How many answers that are no calls may be open at once: to pages, files and whoever asks for metrics; probes do not count. */
const MAX_ANSWERS = 2_000;

/**
 * Counts the answers that are no calls, from the headers of their requests until nothing of them is left here: until the system has the last
 * of their bytes, or, over HTTP/2, the engine, which cuts those that then wait too long; or until they are cut.
 */
export interface AnswerSlots {
  readonly open: number;
  /** How many requests were refused because too many answers were open. */
  readonly refused: number;
  /** How many requests were refused because too many answers to their address were open. */
  readonly refusedForAddress: number;
  /** How many addresses have an answer open. */
  readonly addresses: number;
  /** Takes a place until the response is closed; false when there is none left, for all or for the address of the client, which is counted. */
  take(response: HttpResponse, address: string): boolean;
}

/** Creates counts of zero. `perAddress` is how many places one address may have; 0 means all. */
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
    take(response, address) {
      if (open >= MAX_ANSWERS) {
        refused += 1;
        return false;
      }
      const free = byAddress.take(address);
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
