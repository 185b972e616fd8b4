import { randomUUID } from "node:crypto";
import { AlreadyExists, DataLoss } from "../../domain/errors.ts";
import type { Order, OrderDraft } from "../../services/order/domain/order.ts";
import type { OrderCursor, OrderPage, OrderStore } from "../../services/order/domain/order-store.ts";
import { sameContents } from "../../services/order/domain/same-contents.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import { follow } from "../live/follow.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";
import { openEventLog, type Topic } from "./event-log.ts";
import { decodeOrder, encodeOrder } from "./order-text.ts";

/** What a page of orders holds at most, in bytes as stored, which are hardly fewer than those of a message: clients take 4 MiB by default. */
const PAGE_BYTES = 1_048_576;
/** How many rows are read at a time: each may be large. */
const PIECE = 16;

const topic: Topic<Order> = { name: "orders", encode: encodeOrder, decode: decodeOrder };

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
        if (!sameContents(earlier, draft)) {
          throw new AlreadyExists(`idempotency_key was used for a different order: ${earlier.id}`);
        }
        return { order: earlier, created: false };
      }),
    async get(id) {
      const row = await database.kysely.selectFrom("orders").where("id", "=", id).select("contents").executeTakeFirst();
      return row && requireOrder(row.contents);
    },
    list({ limit, before = Number.POSITIVE_INFINITY }) {
      // What is stored behind the last event is not durable yet, and may be gone after a restart.
      return listOrders(database, limit, Math.min(before, log.committed.lastSequence() + 1));
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

function requireOrder(contents: string): Order {
  try {
    return decodeOrder(contents);
  } catch (cause) {
    throw new DataLoss("the order was stored and cannot be read", { cause });
  }
}

async function listOrders(database: Database, limit: number, before: OrderCursor): Promise<OrderPage> {
  const orders: Order[] = [];
  let bytes = 0;
  let next = before;
  for (;;) {
    const rows = await readPiece(database, next);
    for (const { number, contents } of rows) {
      bytes += Buffer.byteLength(contents);
      if (orders.length === limit || (orders.length > 0 && bytes > PAGE_BYTES)) return { orders, next };
      next = number;
      try {
        orders.push(decodeOrder(contents));
      } catch (error) {
        database.reportUnreadable(`order ${number}`, error);
      }
    }
    if (rows.length < PIECE) return { orders, next: undefined };
  }
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
