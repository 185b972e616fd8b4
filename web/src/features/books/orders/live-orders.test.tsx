import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { screen, within } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Session } from "../../../session/session.ts";
import { guestSession } from "../../../session/session-context.ts";
import { keptForVisits } from "../../../storage/kept-storage.ts";
import { createFakeBookshop, type FakeBookshop } from "../testing/fake-bookshop.ts";
import { renderBooks } from "../testing/render-books.tsx";
import { keepOwnOrder } from "./own-orders.ts";

type Pushed = Parameters<NonNullable<FakeBookshop["orders"][number]>["stream"]["push"]>[0];

const created = (sequence: bigint, order: object): Pushed => ({
  update: { case: "created", value: { sequence, order: { time: timestampFromDate(new Date(0)), ...order } } },
});
const position: Pushed = { update: { case: "position", value: { sequence: 0n } } };

async function renderOrders(session?: Session) {
  const shop = createFakeBookshop();
  const page = session && { ...guestSession, get: () => session };
  const books = await renderBooks("/books?view=orders", shop, page);
  const push = async (...messages: Pushed[]) => {
    shop.orders[0]?.stream.push(...messages);
    await books.settle();
  };
  return { ...books, push };
}

const log = () => within(screen.getByRole("log", { name: "Live orders" }));
const texts = () =>
  log()
    .queryAllByRole("article")
    .map(({ textContent }) => textContent);

it("shows orders as they are taken, the newest first, with the phone masked", async () => {
  const { shop, push } = await renderOrders();
  expect(shop.orders[0]?.request.recent).toBe(20);
  await push(created(1n, { id: "a", phone: "+49 170 123", items: [{ bookId: 1, title: "Emma", quantity: 2 }] }));
  await push(created(2n, { id: "b", phone: "112", items: [{ bookId: 2, title: "Dune", quantity: 1 }] }));
  const [newest, oldest] = texts();
  expect(newest).toContain("1 × Dune");
  expect(newest).toContain("phone ending in 12");
  expect(oldest).toContain("2 × Emma");
  expect(oldest).not.toContain("170");
});

it("shows an order of the legacy contract by its price", async () => {
  const { push } = await renderOrders();
  await push(created(1n, { id: "a", price: "19.90", attributes: { city: "Shanghai" } }));
  expect(texts()[0]).toContain("price 19.90");
  expect(texts()[0]).toContain("cityShanghai");
});

it("shows a few of many attributes, and cuts long ones", async () => {
  const { push } = await renderOrders();
  const attributes = { a: "x".repeat(500), b: "2", c: "3", d: "4", e: "5", f: "6" };
  await push(created(1n, { id: "a", attributes }));
  expect(texts()[0]).toContain("2 more");
  expect(texts()[0]).not.toContain("x".repeat(121));
});

it("marks what was ordered in this browser", async () => {
  keepOwnOrder(keptForVisits, "b");
  const { push } = await renderOrders();
  await push(created(1n, { id: "a", items: [{ bookId: 1, title: "Emma", quantity: 2 }] }));
  await push(created(2n, { id: "b", items: [{ bookId: 2, title: "Dune", quantity: 1 }] }));
  expect(texts().map((text) => text?.includes("yours"))).toEqual([true, false]);
  window.localStorage.clear();
});

it.each([
  ["an admin's own, whatever was ordered in this browser", true, [false, true]],
  ["none where all are one's own", false, [false, false]],
])("marks %s", async (_what, isAdmin, marked) => {
  keepOwnOrder(keptForVisits, "b");
  const user = { name: "Ada", isAdmin, readerId: 1, expiresAt: Number.POSITIVE_INFINITY };
  const { push } = await renderOrders({ kind: "signed-in", user });
  await push(created(1n, { id: "a", own: true }), created(2n, { id: "b", own: false }));
  expect(texts().map((text) => text?.includes("yours"))).toEqual(marked);
  window.localStorage.clear();
});

it("says so where there are no orders yet", async () => {
  const { push } = await renderOrders();
  await push(position);
  expect(screen.getByText("No orders yet")).toBeDefined();
});

it("stops the stream when the page is left", async () => {
  const { shop, unmount, settle } = await renderOrders();
  unmount();
  await settle();
  expect(shop.orders[0]?.context.signal.aborted).toBe(true);
});
