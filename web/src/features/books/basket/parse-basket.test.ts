import fc from "fast-check";
import { expect, it } from "vitest";
import { emptyBasket } from "./basket.ts";
import { parseBasket } from "./parse-basket.ts";

it("gives back what was stored", () => {
  const basket = { items: [{ bookId: 6, title: "The Dune Chronicles", quantity: 2 }], orderKey: "k1" };
  expect(parseBasket(JSON.stringify(basket))).toEqual(basket);
});

it.each([null, "", "{", "7", "null", "[]", '{"items":7}', '{"orderKey":7}', '{"items":[null,1,{},{"bookId":1}]}'])(
  "takes %s for an empty basket",
  (text) => {
    expect(parseBasket(text)).toEqual(emptyBasket);
  },
);

it("leaves out what makes no sense and keeps the rest", () => {
  const items = [
    { bookId: -1, title: "Nowhere", quantity: 1 },
    { bookId: 6, title: "The Dune Chronicles", quantity: 1e9 },
    { bookId: 7, title: "Nothing", quantity: null },
  ];
  expect(parseBasket(JSON.stringify({ items })).items).toEqual([
    { bookId: 6, title: "The Dune Chronicles", quantity: 100 },
  ]);
});

it("never throws", () => {
  fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => parseBasket(text).items.length <= 100));
});
