import { randomUUID } from "node:crypto";
import type { Order, OrderDraft } from "../../services/order/domain/order.ts";
import type { OrderCursor, OrderStore } from "../../services/order/domain/order-store.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import { follow } from "../live/follow.ts";
import { createdEarlier, listOrders, PIECE, requireOrder } from "../order-rows.ts";
import { encodeOrder, ordersTopic as topic } from "../order-text.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";
import { openEventLog } from "./event-log.ts";

/** Told of an order in the transaction that stores it, before anyone else. */
export type OnOrdered = (context: WriteContext, draft: OrderDraft, time: Date) => void;

/** Opens the store of orders. An order's number in the table is its sequence number in the feed. */
export async function openOrderStore(options: FeedOptions, onOrdered: OnOrdered = () => {}): Promise<OrderStore> {
  const { database, hub, heartbeatMs, now } = options;
  const log = await openEventLog(database, hub, topic);

  async function insert(context: WriteContext, draft: OrderDraft): Promise<Order> {
    const { idempotencyKey, readerId: _, ...contents } = draft;
    const order: Order = { ...contents, id: randomUUID(), time: now() };
    const { sequence } = await log.append(context, order, order.time);
    await context.transaction
      .insertInto("orders")
      .values({
        number: sequence,
        id: order.id,
        idempotency_key: idempotencyKey ?? null,
        contents: encodeOrder(order),
      })
      .execute();
    onOrdered(context, draft, order.time);
    return order;
  }

  return {
    create: (draft) =>
      database.write(async (context) => {
        const earlier = await findByKey(context, draft.idempotencyKey);
        if (earlier === undefined) return { order: await insert(context, draft), created: true };
        return createdEarlier(earlier, draft);
      }),
    async get(id) {
      const row = await database.kysely.selectFrom("orders").where("id", "=", id).select("contents").executeTakeFirst();
      return row && requireOrder(row.contents);
    },
    list({ limit, before = Number.POSITIVE_INFINITY }) {
      // What is stored behind the last event is not durable yet, and may be gone after a restart.
      return listOrders(
        (next) => readPiece(database, next),
        { limit, before: Math.min(before, log.committed.lastSequence() + 1) },
        database.reportUnreadable,
      );
    },
    feed: {
      follow: (start, signal) => follow({ log: log.committed, hub, key: topic.name, heartbeatMs }, start, signal),
    },
  };
}

async function findByKey({ transaction }: WriteContext, key: string | undefined): Promise<Order | undefined> {
  if (key === undefined) return undefined;
  const row = await transaction
    .selectFrom("orders")
    .where("idempotency_key", "=", key)
    .select("contents")
    .executeTakeFirst();
  return row && requireOrder(row.contents);
}

function readPiece({ kysely }: Database, before: OrderCursor) {
  return kysely
    .selectFrom("orders")
    .where("number", "<", before)
    .orderBy("number", "desc")
    .limit(PIECE)
    .select(["number", "contents"])
    .execute();
}
