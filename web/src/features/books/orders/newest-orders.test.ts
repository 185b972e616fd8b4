import { create } from "@bufbuild/protobuf";
import { WatchOrdersResponseSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { expect, it } from "vitest";
import { newestOrders } from "./newest-orders.ts";

const created = (sequence: number) =>
  create(WatchOrdersResponseSchema, { update: { case: "created", value: { sequence: BigInt(sequence) } } });
const position = create(WatchOrdersResponseSchema, { update: { case: "position", value: { sequence: 2n } } });
const numbers = (orders: ReturnType<typeof newestOrders>) => orders.map(({ sequence }) => Number(sequence));

it("puts the newest first", () => {
  const first = newestOrders([], [position, created(1), created(2)]);
  expect(numbers(first)).toEqual([2, 1]);
  expect(numbers(newestOrders(first, [created(3)]))).toEqual([3, 2, 1]);
});

it("keeps the latest 50", () => {
  const orders = newestOrders(
    [],
    Array.from({ length: 80 }, (_, index) => created(index + 1)),
  );
  expect([orders.length, numbers(orders)[0], numbers(orders)[49]]).toEqual([50, 80, 31]);
});

it("takes no notice of a heartbeat", () => {
  const orders = newestOrders([], [created(1)]);
  expect(newestOrders(orders, [position])).toBe(orders);
});
