import type { Book } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createContext, useContext } from "react";

/** Shows one book in full; does nothing outside a provider. */
export const OpenBookContext = createContext<(book: Book) => void>(() => {});

/** Shows one book in full. */
export function useOpenBook(): (book: Book) => void {
  return useContext(OpenBookContext);
}
