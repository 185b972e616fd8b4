import { randomUUID } from "node:crypto";
import type { Order, OrderDraft } from "../../services/order/domain/order.ts";
import type { OrderCursor, OrderStore } from "../../services/order/domain/order-store.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import { follow } from "../live/follow.ts";
import { createdEarlier, listOrders, PIECE, requireOrder, tooManyOrders } from "../order-rows.ts";
import { encodeOrder, ordersTopic as topic } from "../order-text.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";
import { openEventLog } from "./event-log.ts";

/** Told of an order in the transaction that stores it, before anyone else. */
export type OnOrdered = (context: WriteContext, draft: OrderDraft, time: Date) => void;

/** How orders are stored. */
export interface OrderStoreOptions {
  /** How many of one owner are kept; 0 or undefined means as many as they make. */
  readonly maxPerOwner?: number | undefined;
  readonly onOrdered?: OnOrdered;
}

/** Opens the store of orders. An order's number in the table is its sequence number in the feed. */
export async function openOrderStore(
  { database, hub, heartbeatMs, now }: FeedOptions,
  { maxPerOwner = 0, onOrdered = () => {} }: OrderStoreOptions = {},
): Promise<OrderStore> {
  const log = await openEventLog(database, hub, topic);

  async function insert(context: WriteContext, draft: OrderDraft): Promise<Order> {
    const { idempotencyKey, readerId: _, ...contents } = draft;
    if (draft.owner !== undefined) await countOrder(context, draft.owner, maxPerOwner);
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
    list({ limit, before = Number.POSITIVE_INFINITY, owner }) {
      // What is stored behind the last event is not durable yet, and may be gone after a restart.
      return listOrders(
        (next) => readPiece(database, next, owner),
        { limit, before: Math.min(before, log.committed.lastSequence() + 1), owner },
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

async function countOrder({ transaction }: WriteContext, owner: string, maxPerOwner: number): Promise<void> {
  const known = await transaction
    .selectFrom("order_counts")
    .where("owner", "=", owner)
    .select("orders")
    .executeTakeFirst();
  if (maxPerOwner > 0 && known !== undefined && known.orders >= maxPerOwner) throw tooManyOrders(maxPerOwner);
  await transaction
    .insertInto("order_counts")
    .values({ owner, orders: 1 })
    .onConflict((conflict) =>
      conflict.column("owner").doUpdateSet((row) => ({ orders: row("order_counts.orders", "+", 1) })),
    )
    .execute();
}

function readPiece({ kysely }: Database, before: OrderCursor, owner: string | undefined) {
  const older = kysely.selectFrom("orders").select(["number", "contents"]).where("number", "<", before);
  const seen = owner === undefined ? older : older.where("owner", "=", owner);
  return seen.orderBy("number", "desc").limit(PIECE).execute();
}
