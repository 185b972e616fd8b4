import type { ServiceImpl } from "@connectrpc/connect";
import type { OrderHandler } from "@triptych/proto/order_pb.ts";
import { draftLegacyOrder } from "../order/domain/draft-legacy-order.ts";
import type { OrderStore } from "../order/domain/order-store.ts";

/** Takes orders through the contract that existing clients speak, into the same store as the order service. */
export function createLegacyOrderService({
  orders,
}: {
  readonly orders: OrderStore;
}): ServiceImpl<typeof OrderHandler> {
  return {
    async create_order(request) {
      const { order } = await orders.create(draftLegacyOrder(request));
      return { rstString: JSON.stringify({ ret: "ok", order_id: order.id }) };
    },
  };
}
