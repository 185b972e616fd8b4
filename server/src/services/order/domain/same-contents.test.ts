import { describe, expect, it } from "vitest";
import type { OrderContents } from "./order.ts";
import { sameContents } from "./same-contents.ts";

const order: OrderContents = {
  items: [
    { bookId: 1, quantity: 2, title: "The Maltese Falcon" },
    { bookId: 4, quantity: 1, title: "The Hitchhiker's Guide to the Galaxy" },
  ],
  phone: "030 1234",
  attributes: { gift: "yes", note: "" },
  price: "",
};

describe("sameContents", () => {
  it("does not count the sequence of books and attributes, nor titles", () => {
    const again = {
      ...order,
      items: order.items.map((item) => ({ ...item, title: "renamed" })).reverse(),
      attributes: { note: "", gift: "yes" },
    };
    expect(sameContents(order, again)).toBe(true);
  });

  it.each([
    ["books", { items: order.items.slice(1) }],
    ["quantities", { items: order.items.map((item) => ({ ...item, quantity: 3 })) }],
    ["phone", { phone: "0301234" }],
    ["attribute values", { attributes: { gift: "yes", note: "x" } }],
    ["attribute keys", { attributes: { gift: "yes", notes: "" } }],
    ["an attribute named __proto__", { attributes: JSON.parse('{"gift":"yes","note":"","__proto__":"x"}') }],
    ["price", { price: "12" }],
  ])("tells different %s apart", (_, difference) => {
    expect(sameContents(order, { ...order, ...difference })).toBe(false);
  });

  it("does not mix up where one text ends and the next begins", () => {
    const a = { ...order, attributes: { 'a","b': "c" } };
    const b = { ...order, attributes: { a: 'b","c' } };
    expect(sameContents(a, b)).toBe(false);
  });
});
