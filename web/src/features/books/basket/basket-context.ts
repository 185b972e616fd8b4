import { createContext, useContext, useSyncExternalStore } from "react";
import type { Basket } from "./basket.ts";
import type { BasketStore } from "./basket-store.ts";

/** The basket of the current reader. */
export const BasketContext = createContext<BasketStore | undefined>(undefined);

/**
 * The basket of the current reader, and the store to change it with.
 * @throws Error outside a `BasketContext`.
 */
export function useBasket(): readonly [Basket, BasketStore] {
  const store = useContext(BasketContext);
  if (store === undefined) throw new Error("useBasket needs a BasketContext");
  return [useSyncExternalStore(store.subscribe, store.get), store];
}
