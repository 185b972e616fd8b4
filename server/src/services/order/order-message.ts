import { create } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { type Order as OrderMessage, OrderSchema } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import type { SeenOrder } from "./domain/own-orders.ts";

/** An order as the API shows it to a caller. */
export function orderMessage({ id, items, phone, attributes, price, time, isOwn = false }: SeenOrder): OrderMessage {
  return create(OrderSchema, {
    id,
    items: items.map(({ bookId, quantity, title }) => ({ bookId, quantity, title })),
    phone,
    attributes: { ...attributes },
    price,
    time: timestampFromDate(time),
    own: isOwn,
  });
}
