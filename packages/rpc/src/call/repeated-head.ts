import type { CallerShare } from "./caller-share.ts";
import type { Route } from "./router.ts";

/**
 * What is known of all requests of a connection whose headers came in the same bytes, so that a client who calls again and again costs no look-ups. What it keeps of
 * their caller need not count any more, and is looked at each time.
 */
export class RepeatedHead {
  /** Where they lead. */
  readonly route: Route;
  /** A place for what the request gate has found out about who sends them. */
  sender: unknown = undefined;
  /** The share of who made the last of them. */
  share: CallerShare | undefined = undefined;
  /** A place for what the observer keeps of them. */
  observed: unknown = undefined;

  constructor(route: Route) {
    this.route = route;
  }
}
