import { randomUUID } from "node:crypto";
import { AlreadyExists } from "../domain/errors.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import { openEventLog, type Topic } from "../live/event-log.ts";
import { follow } from "../live/follow.ts";
import type { Order, OrderContents, OrderDraft } from "../order/domain/order.ts";
import type { OrderStore } from "../order/domain/order-store.ts";
import { sameContents } from "../order/domain/same-contents.ts";
import type { WriteContext } from "./commit-queue.ts";

const topic: Topic<Order> = { name: "orders", encode: encodeOrder, decode: (text) => decodeOrder(text) };

/** Opens the store of orders. An order's number in the table is its sequence number in the feed. */
export async function openOrderStore(options: FeedOptions): Promise<OrderStore> {
  const { database, hub, heartbeatMs, now } = options;
  const log = await openEventLog(database, hub, topic);

  async function insert(context: WriteContext, draft: OrderDraft): Promise<Order> {
    const { idempotencyKey, ...contents } = draft;
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
      return row && decodeOrder(row.contents);
    },
    async list({ limit, before }) {
      const rows = await database.kysely
        .selectFrom("orders")
        .$if(before !== undefined, (query) => query.where("number", "<", before ?? 0))
        .orderBy("number", "desc")
        .limit(limit + 1)
        .select(["number", "contents"])
        .execute();
      const page = rows.slice(0, limit);
      return {
        orders: page.map((row) => decodeOrder(row.contents)),
        next: rows.length > limit ? page.at(-1)?.number : undefined,
      };
    },
    feed: { follow: (start, signal) => follow({ log, hub, key: topic.name, heartbeatMs }, start, signal) },
  };
}

async function findByKey({ transaction }: WriteContext, key: string | undefined): Promise<Order | undefined> {
  if (key === undefined) return undefined;
  const row = await transaction
    .selectFrom("orders")
    .where("idempotency_key", "=", key)
    .select("contents")
    .executeTakeFirst();
  return row && decodeOrder(row.contents);
}

function encodeOrder(order: Order): string {
  return JSON.stringify(order);
}

function decodeOrder(text: string): Order {
  // Written by encodeOrder, so it has the shape of an order with the time as text.
  const { time, ...order } = JSON.parse(text) as OrderContents & { id: string; time: string };
  return { ...order, time: new Date(time) };
}
