import type { OrderCreated, WatchOrdersResponse } from "@triptych/proto/triptych/order/v1/order_pb.ts";

const limit = 50;

/** The orders, the newest first, after the messages of one frame; at most 50. */
export function newestOrders(
  orders: readonly OrderCreated[],
  messages: readonly WatchOrdersResponse[],
): readonly OrderCreated[] {
  const created = messages.flatMap(({ update }) => (update.case === "created" ? [update.value] : []));
  return created.length === 0 ? orders : [...created.reverse(), ...orders].slice(0, limit);
}
