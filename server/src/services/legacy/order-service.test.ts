import { Code, createClient } from "@connectrpc/connect";
import { OrderHandler } from "@triptych/proto/order_pb.ts";
import { describe, expect, it } from "vitest";
import { createInMemoryTransport } from "../../testing/in-memory-transport.ts";
import { createInMemoryOrderStore } from "../order/in-memory-order-store.ts";
import { createLegacyOrderService } from "./order-service.ts";

function setUp() {
  const orders = createInMemoryOrderStore({ clock: () => new Date(0) });
  const transport = createInMemoryTransport(({ service }) =>
    service(OrderHandler, createLegacyOrderService({ orders })),
  );
  return { orders, client: createClient(OrderHandler, transport) };
}

describe("create_order", () => {
  it("answers with the id of the stored order as JSON", async () => {
    const { orders, client } = setUp();
    const { rstString } = await client.create_order({ phone: "any", price: "1,50", requestArg: { a: "b" } });
    const answer = JSON.parse(rstString);
    expect(answer).toEqual({ ret: "ok", order_id: "order-1" });
    expect(await orders.get(answer.order_id)).toEqual({
      id: "order-1",
      items: [],
      phone: "any",
      attributes: { a: "b" },
      price: "1,50",
      time: new Date(0),
    });
  });

  it("stores every call as an order of its own", async () => {
    const { orders, client } = setUp();
    await client.create_order({});
    await client.create_order({});
    expect((await orders.list({ limit: 10 })).orders).toHaveLength(2);
  });

  it("refuses what is too long to keep", async () => {
    const { client } = setUp();
    await expect(client.create_order({ price: "1".repeat(1001) })).rejects.toMatchObject({
      code: Code.InvalidArgument,
      rawMessage: "price must be at most 1000 characters: got 1001",
    });
  });
});
