import { beforeEach, expect, it } from "vitest";
import type { KeptStorage } from "../../../storage/kept-storage.ts";
import { emptyBasket, withQuantity } from "./basket.ts";
import { createBasketStore } from "./basket-store.ts";

const dune = { bookId: 6, title: "The Dune Chronicles" };
let keys: number;

beforeEach(() => {
  localStorage.clear();
  keys = 0;
});

function open(readerId = 7, storage: KeptStorage = localStorage) {
  return createBasketStore({ storage, readerId, newKey: () => `key-${++keys}` });
}

it("is there again after a reload, for its reader only", () => {
  open().change((basket) => withQuantity(basket, dune, 2));
  expect(open().get().items).toEqual([{ ...dune, quantity: 2 }]);
  expect(open(8).get()).toEqual(emptyBasket);
});

it("keeps the key of an order across a reload and changes, until the basket is emptied", () => {
  const store = open();
  store.change((basket) => withQuantity(basket, dune, 2));
  expect(store.orderKey()).toBe("key-1");
  expect(store.orderKey()).toBe("key-1");
  const reloaded = open();
  reloaded.change((basket) => withQuantity(basket, dune, 3));
  expect(reloaded.orderKey()).toBe("key-1");
  reloaded.change(() => emptyBasket);
  expect(reloaded.orderKey()).toBe("key-2");
});

it("takes no room when it is empty", () => {
  const store = open();
  store.change((basket) => withQuantity(basket, dune, 2));
  store.change(() => emptyBasket);
  expect(localStorage.length).toBe(0);
});

it("follows another tab while somebody listens", () => {
  const store = open();
  let calls = 0;
  const leave = store.subscribe(() => calls++);
  const newValue = JSON.stringify({ items: [{ ...dune, quantity: 4 }] });
  window.dispatchEvent(new StorageEvent("storage", { key: "triptych-basket-7", newValue }));
  expect(store.get().items).toEqual([{ ...dune, quantity: 4 }]);
  leave();
  window.dispatchEvent(new StorageEvent("storage", { key: "triptych-basket-7", newValue: null }));
  expect([calls, store.get().items.length]).toEqual([1, 1]);
});

it("lasts as long as the page where nothing is kept", () => {
  const store = open(7, { getItem: () => null, setItem() {}, removeItem() {} });
  store.change((basket) => withQuantity(basket, dune, 2));
  expect(store.get().items).toHaveLength(1);
  expect(store.orderKey()).toBe("key-1");
});
