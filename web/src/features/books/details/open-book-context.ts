import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createContext, useContext } from "react";

/** Shows one book in full, over the page; undefined where its own page does. */
export const OpenBookContext = createContext<((book: Book) => void) | undefined>(undefined);

/** Shows one book in full, over the page; undefined where its own page does. */
export function useOpenBook(): ((book: Book) => void) | undefined {
  return useContext(OpenBookContext);
}
