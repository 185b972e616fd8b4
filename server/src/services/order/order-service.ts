import type { ServiceImpl } from "@connectrpc/connect";
import type { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { NotFound } from "../../domain/errors.ts";
import { quoted } from "../../domain/quoted.ts";
import { type ReaderNumbers, readerOfCaller } from "../../domain/reader-of-caller.ts";
import { callerKey } from "../caller-key.ts";
import { choosePage, nextPageToken } from "./domain/choose-page.ts";
import { draftOrder, type TitleOf } from "./domain/draft-order.ts";
import type { OrderStore } from "./domain/order-store.ts";
import { type OwnFeedDependencies, ownDraft, ownerSeen, ownFeed, seenOrder } from "./domain/own-orders.ts";
import { orderMessage } from "./order-message.ts";
import { watchOrders } from "./watch-orders.ts";

/** What the order service works with. */
export interface OrderServiceDependencies extends OwnFeedDependencies {
  readonly orders: OrderStore;
  readonly titleOf: TitleOf;
  readonly readers: ReaderNumbers;
}

/** Takes orders of books, shows them and tells of new ones: where callers are asked who they are, to each their own. */
export function createOrderService({
  orders,
  titleOf,
  readers,
  ...timing
}: OrderServiceDependencies): ServiceImpl<typeof OrderService> {
  return {
    async createOrder(request, { values }) {
      const caller = values.get(callerKey);
      const draft = ownDraft(draftOrder(request, titleOf), caller);
      const reader = await readerOfCaller(caller, request.userId, readers);
      // Where nobody is asked, 0 does not say who orders.
      const { order, created } = await orders.create({ ...draft, readerId: reader === 0 ? undefined : reader });
      return { order: orderMessage(seenOrder(order, caller)), created };
    },
    async getOrder({ id }, { values }) {
      const caller = values.get(callerKey);
      const owner = ownerSeen(caller);
      const order = await orders.get(id);
      // That there is another's order is theirs to know.
      if (!order || (owner !== undefined && order.owner !== owner))
        throw new NotFound(`there is no order ${quoted(id)}`);
      return { order: orderMessage(seenOrder(order, caller)) };
    },
    async listOrders(request, { values }) {
      const caller = values.get(callerKey);
      const page = await orders.list({ ...choosePage(request), owner: ownerSeen(caller) });
      const shown = page.orders.map((order) => orderMessage(seenOrder(order, caller)));
      return { orders: shown, nextPageToken: nextPageToken(page.next) };
    },
    watchOrders: (request, { signal, values }) =>
      watchOrders(ownFeed(orders.feed, values.get(callerKey), timing), request, signal),
  };
}
