import { useContext, useSyncExternalStore } from "react";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import type { Basket } from "./basket.ts";
import { BasketContext, type BasketOwner } from "./basket-context.ts";
import { type BasketStore, createBasketStore } from "./basket-store.ts";
import { randomKey } from "./random-key.ts";

const stores = new WeakMap<BasketOwner, BasketStore>();

/**
 * The basket of the current reader, and the store to change it with.
 * @throws Error outside a `BasketContext`.
 */
export function useBasket(): readonly [Basket, BasketStore] {
  const owner = useContext(BasketContext);
  if (owner === undefined) throw new Error("useBasket needs a BasketContext");
  const store = storeOf(owner);
  return [useSyncExternalStore(store.subscribe, store.get), store];
}

function storeOf(owner: BasketOwner): BasketStore {
  const known = stores.get(owner);
  if (known !== undefined) return known;
  const store = createBasketStore({ storage: keptForVisits, readerId: owner.readerId, newKey: randomKey });
  stores.set(owner, store);
  return store;
}
