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
  /** Takes a place until the response is closed; false when there is none left, which is counted. */
  take(response: HttpResponse, isReserved: boolean): boolean;
}

/** Creates counts of zero. */
export function createAnswerSlots(): AnswerSlots {
  let open = 0;
  let refused = 0;
  return {
    get open() {
      return open;
    },
    get refused() {
      return refused;
    },
    take(response, isReserved) {
      if (open >= (isReserved ? MAX_ANSWERS + RESERVED_ANSWERS : MAX_ANSWERS)) {
        refused += 1;
        return false;
      }
      open += 1;
      response.on("close", () => {
        open -= 1;
      });
      return true;
    },
  };
}
