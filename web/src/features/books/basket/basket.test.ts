import fc from "fast-check";
import { expect, it } from "vitest";
import { type Basket, emptyBasket, quantityOf, totalQuantity, withoutOrdered, withQuantity } from "./basket.ts";

const dune = { bookId: 6, title: "The Dune Chronicles" };
const emma = { bookId: 9, title: "Emma" };

it("adds, counts and removes books", () => {
  const both = withQuantity(withQuantity(emptyBasket, dune, 1), emma, 2);
  expect(totalQuantity(both)).toBe(3);
  const more = withQuantity(both, dune, 5);
  expect(more.items.map(({ bookId, quantity }) => [bookId, quantity])).toEqual([
    [6, 5],
    [9, 2],
  ]);
  expect(withQuantity(more, dune, 0).items.map(({ bookId }) => bookId)).toEqual([9]);
  expect(quantityOf(more, 1)).toBe(0);
});

it("keeps the key under which it was sent when it changes", () => {
  const sent: Basket = { items: [{ ...dune, quantity: 1 }], orderKey: "k" };
  expect(withQuantity(sent, emma, 1).orderKey).toBe("k");
});

it("stays within what an order takes, whatever is put in", () => {
  const change = fc.tuple(fc.integer({ min: 1, max: 150 }), fc.integer({ min: -5, max: 200 }));
  fc.assert(
    fc.property(fc.array(change, { maxLength: 300 }), (changes) => {
      const { items } = changes.reduce<Basket>(
        (basket, [bookId, quantity]) => withQuantity(basket, { bookId, title: "" }, quantity),
        emptyBasket,
      );
      const ids = new Set(items.map(({ bookId }) => bookId));
      return (
        items.length <= 100 && ids.size === items.length && items.every((i) => i.quantity >= 1 && i.quantity <= 100)
      );
    }),
  );
});

it("is left with what was put into it since it was ordered", () => {
  const ordered = withQuantity(withQuantity({ ...emptyBasket, orderKey: "key" }, dune, 1), emma, 2);
  const since = withQuantity(withQuantity(ordered, emma, 5), { bookId: 3, title: "Persuasion" }, 1);
  expect(withoutOrdered(since, ordered.items)).toEqual({
    items: [
      { ...emma, quantity: 3 },
      { bookId: 3, title: "Persuasion", quantity: 1 },
    ],
    orderKey: undefined,
  });
  expect(withoutOrdered(ordered, ordered.items)).toEqual(emptyBasket);
  expect(withoutOrdered(withQuantity(ordered, emma, 1), ordered.items)).toEqual(emptyBasket);
});
