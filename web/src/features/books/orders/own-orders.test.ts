import { expect, it } from "vitest";
import { keepOwnOrder, ownOrders } from "./own-orders.ts";

function createStorage(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem(_key: string, value: string) {
      kept = value;
    },
  };
}

it("keeps each order once, the latest hundred", () => {
  const storage = createStorage();
  for (let number = 1; number <= 101; number++) keepOwnOrder(storage, String(number));
  keepOwnOrder(storage, "2");
  const kept = ownOrders(storage);
  expect([kept.length, kept[0], kept.at(-1)]).toEqual([100, "3", "2"]);
});

it.each(["", "{", "{}", "[1]"])("has none in what is no list of them: %s", (text) => {
  expect(ownOrders(createStorage(text))).toEqual([]);
});
