import { create } from "@bufbuild/protobuf";
import { timestampDate } from "@bufbuild/protobuf/wkt";
import { Code, type ConnectError, createClient, createContextValues, createHandlerContext } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CreateOrderRequestSchema, OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { describe, expect, it, vi } from "vitest";
import type { Caller } from "../../domain/caller.ts";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { callerKey } from "../caller-key.ts";
import { createInMemoryOrderStore } from "./in-memory-order-store.ts";
import { createOrderService } from "./order-service.ts";

const time = new Date("2026-11-21T10:00:00.123Z");
const titles = new Map([
  [1, "The Maltese Falcon"],
  [4, "The Hitchhiker's Guide to the Galaxy"],
]);

const readers = { numberOf: async () => 1_000_000_000 };

function setUp() {
  const orders = createInMemoryOrderStore({ clock: () => time });
  const titleOf = (bookId: number) => titles.get(bookId);
  const service = createOrderService({ orders, titleOf, readers, now: () => 0, yieldToEventLoop: async () => {} });
  const transport = createInMemoryTransport(({ service: serve }) => serve(OrderService, service));
  return { orders, service, client: createClient(OrderService, transport) };
}

const falcon = { items: [{ bookId: 1 }], phone: "030 1234" };

/** The context of an order that a caller makes. */
function contextOf(caller: Caller) {
  return createHandlerContext({
    service: OrderService,
    method: OrderService.method.createOrder,
    protocolName: "grpc",
    requestMethod: "POST",
    url: "http://localhost/",
    contextValues: createContextValues().set(callerKey, caller),
  });
}

/** The error of a call that has to fail. */
async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  const answer = await call.then(
    (value) => ({ value }),
    (error: ConnectError) => ({ error }),
  );
  if ("value" in answer) throw new Error(`expected an error: got ${JSON.stringify(answer.value)}`);
  return answer.error;
}

describe("createOrder", () => {
  it("answers with the order as stored", async () => {
    const { client } = setUp();
    const { order, created } = await client.createOrder({
      items: [{ bookId: 4, quantity: 3, title: "ignored" }, { bookId: 1 }],
      phone: "+49 30 1234",
      attributes: JSON.parse('{"gift":"yes","__proto__":"kept"}'),
    });
    expect(created).toBe(true);
    expect(order).toMatchObject({
      id: "order-1",
      items: [
        { bookId: 4, quantity: 3, title: "The Hitchhiker's Guide to the Galaxy" },
        { bookId: 1, quantity: 1, title: "The Maltese Falcon" },
      ],
      phone: "+49 30 1234",
      price: "",
    });
    expect(Object.entries(order?.attributes ?? {})).toEqual([
      ["gift", "yes"],
      ["__proto__", "kept"],
    ]);
    expect(order?.time && timestampDate(order.time)).toEqual(time);
  });

  const alice: Caller = { id: "key:alice", isAdmin: false };
  const root: Caller = { id: "key:root", isAdmin: true };

  it.each([
    ["anybody", "anybody", 0, undefined],
    ["anybody", "anybody", 7, 7],
    ["a principal", alice, 0, 1_000_000_000],
    ["a principal", alice, 1_000_000_000, 1_000_000_000],
    ["an admin", root, 0, 1_000_000_000],
    ["an admin", root, 7, 7],
  ] as const)("counts an order of %s for whom it may name: %s", async (_who, caller, userId, readerId) => {
    const { orders, service } = setUp();
    const stored = vi.spyOn(orders, "create");
    await service.createOrder(create(CreateOrderRequestSchema, { ...falcon, userId }), contextOf(caller));
    expect(stored.mock.calls).toMatchObject([[{ readerId }]]);
  });

  it("counts no order for another than its maker", async () => {
    const { service } = setUp();
    const created = async () =>
      service.createOrder(create(CreateOrderRequestSchema, { ...falcon, userId: 7 }), contextOf(alice));
    await expect(created()).rejects.toThrow("reader 7 is another");
  });

  it("gives the same order back for the same idempotency key", async () => {
    const { client } = setUp();
    const first = await client.createOrder({ ...falcon, idempotencyKey: "k" });
    const second = await client.createOrder({ ...falcon, items: [{ bookId: 1, quantity: 1 }], idempotencyKey: "k" });
    expect(second).toEqual({ ...first, created: false });
    expect((await client.listOrders({})).orders).toHaveLength(1);
  });

  it("refuses a key that was used for a different order", async () => {
    const { client } = setUp();
    await client.createOrder({ ...falcon, idempotencyKey: "k" });
    const error = await errorOf(client.createOrder({ ...falcon, phone: "110", idempotencyKey: "k" }));
    expect(error.code).toBe(Code.AlreadyExists);
  });

  it("takes the same order twice without a key", async () => {
    const { client } = setUp();
    await client.createOrder(falcon);
    expect(await client.createOrder(falcon)).toMatchObject({ created: true, order: { id: "order-2" } });
  });

  it("names every bad field and stores nothing", async () => {
    const { client } = setUp();
    const error = await errorOf(client.createOrder({ items: [{ bookId: 1, quantity: 101 }], phone: "?" }));
    const fields = error.findDetails(BadRequestSchema)[0]?.fieldViolations.map(({ field }) => field);
    expect(error.code).toBe(Code.InvalidArgument);
    expect(fields).toEqual(["items[0].quantity", "phone"]);
    expect((await client.listOrders({})).orders).toEqual([]);
  });

  it("knows no book outside the catalogue", async () => {
    const { client } = setUp();
    const error = await errorOf(client.createOrder({ ...falcon, items: [{ bookId: 1 }, { bookId: 77 }] }));
    expect(error.code).toBe(Code.NotFound);
    expect(error.rawMessage).toBe("there is no book 77");
  });
});

describe("getOrder", () => {
  it("gives the order", async () => {
    const { client } = setUp();
    const { order } = await client.createOrder(falcon);
    expect(await client.getOrder({ id: "order-1" })).toMatchObject({ order });
  });

  it("knows no other id", async () => {
    const { client } = setUp();
    const error = await errorOf(client.getOrder({ id: "x".repeat(5000) }));
    expect(error.code).toBe(Code.NotFound);
    expect(error.rawMessage).toBe(`there is no order "${"x".repeat(30)}"…`);
  });
});

describe("listOrders", () => {
  it("pages through all orders, the latest first", async () => {
    const { client } = setUp();
    for (let count = 0; count < 5; count++) await client.createOrder(falcon);
    const pages: string[][] = [];
    let pageToken = "";
    do {
      const page = await client.listOrders({ pageSize: 2, pageToken });
      pages.push(page.orders.map(({ id }) => id));
      pageToken = page.nextPageToken;
    } while (pageToken !== "");
    expect(pages).toEqual([["order-5", "order-4"], ["order-3", "order-2"], ["order-1"]]);
  });

  it("is not disturbed by an order that comes between two pages", async () => {
    const { client } = setUp();
    for (let count = 0; count < 3; count++) await client.createOrder(falcon);
    const { nextPageToken: pageToken } = await client.listOrders({ pageSize: 1 });
    await client.createOrder(falcon);
    const { orders } = await client.listOrders({ pageSize: 1, pageToken });
    expect(orders.map(({ id }) => id)).toEqual(["order-2"]);
  });

  it("refuses a token it did not hand out", async () => {
    const { client } = setUp();
    expect((await errorOf(client.listOrders({ pageToken: "x" }))).code).toBe(Code.InvalidArgument);
  });
});

describe("watchOrders", () => {
  it("brings orders taken by anyone until the client leaves", async () => {
    const { client } = setUp();
    const leave = new AbortController();
    const updates = client.watchOrders({ afterSequence: 0n }, { signal: leave.signal })[Symbol.asyncIterator]();
    expect((await updates.next()).value?.update.case).toBe("position");
    const { order } = await client.createOrder(falcon);
    expect((await updates.next()).value?.update).toMatchObject({ case: "created", value: { sequence: 1n, order } });
    leave.abort();
    expect((await errorOf(updates.next())).code).toBe(Code.Canceled);
  });
});
