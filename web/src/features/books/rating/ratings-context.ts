import { createContext, useContext } from "react";
import type { ReaderRatings } from "./use-reader-ratings.ts";

/** The ratings of the current reader, for every book shown on the page. */
export const RatingsContext = createContext<ReaderRatings | undefined>(undefined);

/**
 * The ratings of the current reader.
 * @throws Error outside a `RatingsContext`.
 */
export function useRatings(): ReaderRatings {
  const ratings = useContext(RatingsContext);
  if (ratings === undefined) throw new Error("useRatings needs a RatingsContext");
  return ratings;
}
