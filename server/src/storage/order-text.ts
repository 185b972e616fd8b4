import { z } from "zod";
import type { Order } from "../services/order/domain/order.ts";
import type { Topic } from "./live/topic.ts";

const orderSchema = z.object({
  id: z.string(),
  items: z.array(z.object({ bookId: z.int(), quantity: z.int(), title: z.string() })),
  phone: z.string(),
  attributes: z.record(z.string(), z.string()),
  price: z.string(),
  owner: z.string().optional(),
  time: z.iso.datetime(),
});

/** An order as the text that is stored. */
export function encodeOrder(order: Order): string {
  return JSON.stringify(order);
}

/**
 * The order of a stored text.
 * @throws Error when it is none, as after a change by hand.
 */
export function decodeOrder(text: string): Order {
  const value: unknown = JSON.parse(text);
  orderSchema.parse(value);
  // The schema has found this shape in it; what the schema returns lacks attributes of odd names, such as "__proto__".
  const { time, ...order } = value as Omit<Order, "time"> & { time: string };
  return { ...order, time: new Date(time) };
}

/** The feed of orders. */
export const ordersTopic: Topic<Order> = { name: "orders", encode: encodeOrder, decode: decodeOrder };
