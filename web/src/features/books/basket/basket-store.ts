import type { KeptStorage } from "../../../storage/kept-storage.ts";
import { type Basket, emptyBasket } from "./basket.ts";
import { parseBasket } from "./parse-basket.ts";

/** A reader's basket, kept in the browser. */
export interface BasketStore {
  /** The basket now; the same object until it changes. */
  get(): Basket;
  /** Changes the basket, in every tab. */
  change(next: (basket: Basket) => Basket): void;
  /**
   * The idempotency key to send this basket under: the one it was sent under before, where it is not known whether that
   * order was taken, else a new one, which is kept before it is given.
   */
  orderKey(): string;
  /** Calls back after every change, also one made in another tab; returns how to stop that. */
  subscribe(listener: () => void): () => void;
}

/** Where baskets are kept, and where keys come from. */
export interface BasketStoreOptions {
  /** Where it keeps nothing, the basket lasts as long as the page. */
  readonly storage: KeptStorage;
  readonly readerId: number;
  readonly newKey: () => string;
}

/** The basket of a reader in a storage. An empty basket takes no room there. */
export function createBasketStore({ storage, readerId, newKey }: BasketStoreOptions): BasketStore {
  const name = `triptych-basket-${readerId}`;
  const listeners = new Set<() => void>();
  let basket = parseBasket(storage.getItem(name));

  const set = (next: Basket) => {
    basket = next;
    for (const listener of listeners) listener();
  };
  const change: BasketStore["change"] = (next) => {
    const changed = next(basket);
    if (changed === basket) return;
    if (changed.items.length === 0 && changed.orderKey === undefined) storage.removeItem(name);
    else storage.setItem(name, JSON.stringify(changed));
    set(changed);
  };
  const onStorage = ({ key, newValue }: StorageEvent) => {
    if (key === name) set(parseBasket(newValue));
    else if (key === null) set(emptyBasket);
  };

  return {
    get: () => basket,
    change,
    orderKey() {
      const key = basket.orderKey ?? newKey();
      change((last) => (last.orderKey === key ? last : { ...last, orderKey: key }));
      return key;
    },
    subscribe(listener) {
      if (listeners.size === 0) window.addEventListener("storage", onStorage);
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) window.removeEventListener("storage", onStorage);
      };
    },
  };
}
