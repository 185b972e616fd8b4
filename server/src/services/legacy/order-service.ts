import type { ServiceImpl } from "@connectrpc/connect";
import type { OrderHandler } from "@triptych/proto/order_pb.ts";
import { callerKey } from "../caller-key.ts";
import { draftLegacyOrder } from "../order/domain/draft-legacy-order.ts";
import type { OrderStore } from "../order/domain/order-store.ts";
import { ownDraft } from "../order/domain/own-orders.ts";

/** Takes orders through the contract that existing clients speak, into the same store as the order service. */
export function createLegacyOrderService({
  orders,
}: {
  readonly orders: OrderStore;
}): ServiceImpl<typeof OrderHandler> {
  return {
    async create_order(request, { values }) {
      const { order } = await orders.create(ownDraft(draftLegacyOrder(request), values.get(callerKey)));
      return { rstString: JSON.stringify({ ret: "ok", order_id: order.id }) };
    },
  };
}
