import { browserEnvironment, type StreamEnvironment } from "@triptych/rpc-web";
import { createContext } from "react";

/** What the page needs of the world around it. */
export interface PageEnvironment extends StreamEnvironment {
  /** The time of day, in milliseconds since 1970, by a clock that may be set. */
  timeOfDay(): number;
}

/** The environment of what is below it. Tests give one that they move by hand. */
export const StreamEnvironmentContext = createContext<PageEnvironment>({
  ...browserEnvironment,
  timeOfDay: () => Date.now(),
});
