import { createContext } from "react";

/** Whose basket it is. Everything below one provider of it shares one basket. */
export interface BasketOwner {
  readonly readerId: number;
}

/** Whose basket what stands below works with. The code of baskets itself comes with the first part that needs it. */
export const BasketContext = createContext<BasketOwner | undefined>(undefined);
