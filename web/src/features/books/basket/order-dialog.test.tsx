import { Code, ConnectError } from "@connectrpc/connect";
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { beforeEach, expect, it } from "vitest";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const dialog = async () => within(await screen.findByRole("dialog", { name: "Your basket" }));
const notices = () => screen.getByRole("region", { name: "Notices" }).textContent;

async function openBasket() {
  const books = await renderBooks();
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 1" }));
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 2" }));
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 2" }));
  await userEvent.click(screen.getByRole("button", { name: "Basket 3 books" }));
  const basket = await dialog();
  const order = async () => {
    await userEvent.click(basket.getByRole("button", { name: "Place order" }));
    await books.settle();
  };
  return { ...books, basket, order };
}

it("orders what is in the basket, says so, and empties it", async () => {
  const { shop, basket, order } = await openBasket();
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "+49 170 123");
  await userEvent.type(basket.getByRole("textbox", { name: "Note (optional)" }), "Ring twice");
  await order();
  const [request] = shop.ordered;
  expect(request?.items.map(({ bookId, quantity }) => [bookId, quantity])).toEqual([
    [1, 1],
    [2, 2],
  ]);
  expect([request?.phone, request?.attributes]).toEqual(["+49 170 123", { note: "Ring twice" }]);
  expect(request?.userId).toBe(7);
  expect(notices()).toContain("Your order order-1 was taken.");
  expect(screen.queryByRole("dialog", { name: "Your basket" })).toBeNull();
  expect(screen.getByRole("button", { name: "Basket 0 books" })).toBeDefined();
});

it("sends a retry under the same key, so that nothing is ordered twice, and the next order under another", async () => {
  const { shop, basket, order, settle } = await openBasket();
  shop.beforeOrder = () => {
    throw new ConnectError("the connection broke", Code.Unavailable);
  };
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "112");
  await order();
  expect(basket.getByRole("alert").textContent).toContain("UNAVAILABLE");
  shop.beforeOrder = () => {};
  await order();
  expect(notices()).toContain("Your order order-1 had been taken already.");
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 3" }));
  await userEvent.click(screen.getByRole("button", { name: "Basket 1 book" }));
  await userEvent.click((await dialog()).getByRole("button", { name: "Place order" }));
  await settle();
  const [first, second, third] = shop.ordered.map(({ idempotencyKey }) => idempotencyKey);
  expect(first).toMatch(/^[0-9a-f]{32}$/);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

it("says when an earlier attempt went through with other contents, and orders beside it only when asked to", async () => {
  const { shop, basket, order, settle } = await openBasket();
  shop.beforeOrder = () => {
    throw new ConnectError("the key was used for a different order", Code.AlreadyExists);
  };
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "112");
  await order();
  expect(basket.getByRole("alert").textContent).toContain("An earlier attempt went through after all");
  shop.beforeOrder = () => {};
  await userEvent.click(basket.getByRole("button", { name: "Order this as well" }));
  await settle();
  expect(new Set(shop.ordered.map(({ idempotencyKey }) => idempotencyKey)).size).toBe(2);
  expect(notices()).toContain("was taken.");
});

it("says at the field what the server refuses", async () => {
  const { shop, basket, order } = await openBasket();
  const fieldViolations = [
    { field: "phone", description: "must be 3 to 15 digits" },
    { field: "items[1].quantity", description: "must be 1 to 100" },
    { field: 'attributes["note"]', description: "must be at most 1000 characters" },
  ];
  shop.beforeOrder = () => {
    const detail = { desc: BadRequestSchema, value: { fieldViolations } };
    throw new ConnectError("bad", Code.InvalidArgument, undefined, [detail]);
  };
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "1");
  await order();
  for (const { description } of fieldViolations) expect(basket.getByText(description)).toBeDefined();
  expect(basket.getByRole("textbox", { name: "Phone" }).getAttribute("aria-invalid")).toBe("true");
});

it("asks for a phone number before it calls the server", async () => {
  const { shop, basket, order } = await openBasket();
  await order();
  expect(basket.getByText("A number to call you back on is required")).toBeDefined();
  expect(document.activeElement).toBe(basket.getByRole("textbox", { name: "Phone" }));
  expect(shop.ordered).toHaveLength(0);
});

it("changes quantities and takes books out", async () => {
  const { basket } = await openBasket();
  const quantity = basket.getByRole("textbox", { name: "Quantity of Book 2" });
  await userEvent.clear(quantity);
  await userEvent.type(quantity, "5");
  expect(screen.getByRole("status", { name: "Basket", hidden: true }).textContent).toBe("6 books in the basket");
  await userEvent.click(basket.getByRole("button", { name: "Remove Book 2" }));
  await userEvent.click(basket.getByRole("button", { name: "Remove Book 1" }));
  expect(basket.getByText("The basket is empty")).toBeDefined();
});

it("keeps what is put into the basket, and written, while an order is on its way", async () => {
  const { shop, basket, order, settle } = await openBasket();
  const answered = Promise.withResolvers<void>();
  shop.beforeOrder = () => answered.promise;
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "112");
  await userEvent.type(basket.getByRole("textbox", { name: "Note (optional)" }), "Ring");
  await order();
  await userEvent.type(basket.getByRole("textbox", { name: "Note (optional)" }), " twice");
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 2", hidden: true }));
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 3", hidden: true }));
  answered.resolve();
  await settle();
  expect(notices()).toContain("Your order order-1 was taken.");
  await userEvent.click(screen.getByRole("button", { name: "Basket 2 books" }));
  const left = await dialog();
  expect(left.getAllByRole("textbox", { name: /^Quantity/ }).map((input) => input.getAttribute("aria-label"))).toEqual([
    "Quantity of Book 2",
    "Quantity of Book 3",
  ]);
  expect(left.getByRole("textbox", { name: "Note (optional)" })).toHaveProperty("value", "Ring twice");
});

it("keeps all of a note that is too long, says how long it may be, and does not order", async () => {
  const { shop, basket, order } = await openBasket();
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "112");
  const note = basket.getByRole("textbox", { name: "Note (optional)" });
  await userEvent.click(note);
  await userEvent.paste("😀".repeat(1_001));
  expect(basket.getByText("At most 1,000 characters: these are 1,001")).toBeDefined();
  await order();
  expect(note).toHaveProperty("value", "😀".repeat(1_001));
  expect(document.activeElement).toBe(note);
  expect(shop.ordered).toHaveLength(0);
  await userEvent.clear(note);
  await userEvent.paste("😀".repeat(1_000));
  await order();
  expect(shop.ordered.map(({ attributes }) => attributes)).toEqual([{ note: "😀".repeat(1_000) }]);
});

it("keeps a quantity that cannot be ordered as it was typed, and does not order", async () => {
  const { shop, basket, order } = await openBasket();
  await userEvent.type(basket.getByRole("textbox", { name: "Phone" }), "112");
  const quantity = basket.getByRole("textbox", { name: "Quantity of Book 2" });
  await userEvent.clear(quantity);
  await userEvent.type(quantity, "1000");
  expect(quantity).toHaveProperty("value", "1000");
  expect(basket.getByText("1 to 100")).toBeDefined();
  await order();
  expect(document.activeElement).toBe(quantity);
  expect(shop.ordered).toHaveLength(0);
});
