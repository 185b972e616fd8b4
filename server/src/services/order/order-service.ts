import type { ServiceImpl } from "@connectrpc/connect";
import type { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { NotFound } from "../../domain/errors.ts";
import { quoted } from "../../domain/quoted.ts";
import { choosePage, nextPageToken } from "./domain/choose-page.ts";
import { draftOrder, type TitleOf } from "./domain/draft-order.ts";
import type { OrderStore } from "./domain/order-store.ts";
import { orderMessage } from "./order-message.ts";
import { watchOrders } from "./watch-orders.ts";

/** What the order service works with. */
export interface OrderServiceDependencies {
  readonly orders: OrderStore;
  readonly titleOf: TitleOf;
}

/** Takes orders of books, shows them and tells of new ones. */
export function createOrderService({ orders, titleOf }: OrderServiceDependencies): ServiceImpl<typeof OrderService> {
  return {
    async createOrder(request) {
      const { order, created } = await orders.create(draftOrder(request, titleOf));
      return { order: orderMessage(order), created };
    },
    async getOrder({ id }) {
      const order = await orders.get(id);
      if (!order) throw new NotFound(`there is no order ${quoted(id)}`);
      return { order: orderMessage(order) };
    },
    async listOrders(request) {
      const page = await orders.list(choosePage(request));
      return { orders: page.orders.map(orderMessage), nextPageToken: nextPageToken(page.next) };
    },
    watchOrders: (request, { signal }) => watchOrders(orders.feed, request, signal),
  };
}
