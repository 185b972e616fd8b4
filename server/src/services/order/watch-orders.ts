import { WatchOrdersResponseSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { watchFeed } from "../watch-feed.ts";
import type { SeenOrder } from "./domain/own-orders.ts";
import { orderMessage } from "./order-message.ts";

/** Follows the feed of orders from where the client asks, until the signal is aborted. */
export const watchOrders = watchFeed<SeenOrder, typeof WatchOrdersResponseSchema>({
  schema: WatchOrdersResponseSchema,
  eventOf: ({ sequence, event }) => ({
    case: "created",
    value: { sequence: BigInt(sequence), order: orderMessage(event) },
  }),
});
