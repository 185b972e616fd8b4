import { createAddressSlots } from "./address-slots.ts";
import type { HttpResponse } from "./http.ts";

/** How many responses to what is no call may be open at once: to pages, files and metrics; probes do not count. */
const MAX_RESPONSES = 2_000;

/**
 * Counts the responses to what is no call, from the headers of their requests until nothing of them is left here: until the system has the last
 * of their bytes, or, over HTTP/2, the engine, which cuts those that then wait too long; or until they are cut.
 */
export interface ResponseSlots {
  readonly open: number;
  /** How many requests were rejected because too many responses were open. */
  readonly rejected: number;
  /** How many requests were rejected because too many responses to their address were open. */
  readonly rejectedForAddress: number;
  /** How many addresses have a response open. */
  readonly addresses: number;
  /** Takes a place until the response is closed; false when there is none left, for all or for the address of the client, which is counted. */
  take(response: HttpResponse, address: string): boolean;
}

/** Creates counts of zero. `perAddress` is how many places one address may have; 0 means all. */
export function createResponseSlots(perAddress: number): ResponseSlots {
  const byAddress = createAddressSlots(perAddress);
  let open = 0;
  let rejected = 0;
  return {
    get open() {
      return open;
    },
    get rejected() {
      return rejected;
    },
    get rejectedForAddress() {
      return byAddress.rejected;
    },
    get addresses() {
      return byAddress.addresses;
    },
    take(response, address) {
      if (open >= MAX_RESPONSES) {
        rejected += 1;
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
