import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import type { FeedEvent } from "../../domain/feed.ts";
import type { Order } from "../../services/order/domain/order.ts";
import type { OrderStore } from "../../services/order/domain/order-store.ts";
import { READER_EVENT_WEIGHTS } from "../../services/recommendation/domain/reader-events.ts";
import { follow } from "../live/follow.ts";
import { createdEarlier, listOrders, type OrderRow, PIECE, requireOrder, tooManyOrders } from "../order-rows.ts";
import { encodeOrder, ordersTopic as topic } from "../order-text.ts";
import { BatchQueue, type Queue } from "./batch-queue.ts";
import type { Connection } from "./connection.ts";
import { openTopicLog, type PostgresFeeds } from "./feeds.ts";
import { queries } from "./queries.ts";

/** A store of orders, and the queue of its writes. */
export interface PostgresOrderStore extends OrderStore {
  /** What writes wait in. */
  readonly queue: Queue;
}

interface Creation {
  readonly order: Order;
  readonly key: string | undefined;
  readonly contents: string;
  readonly readerId: number | undefined;
}

/** What became of a creation: the number of the order, or else the text of the one that was stored under its key; neither where its owner has too many. */
type Created =
  | { readonly number: number; readonly earlier: null }
  | { readonly number: null; readonly earlier: string | null };

/** Opens the store of orders; `writer` runs its writes, `maxPerOwner` is how many of one owner are kept, 0 for as many as they make. The row that counts orders is locked before keys are looked up, so that replicas cannot race. */
export async function openPostgresOrders(
  feeds: PostgresFeeds,
  writer: Connection,
  maxPerOwner = 0,
): Promise<PostgresOrderStore> {
  const { reader, hub, heartbeatMs, now, onTrouble, reportUnreadable, writeObserver } = feeds;
  const log = await openTopicLog(feeds, topic);

  const queue = new BatchQueue<Creation, Created>({
    sizeOf: ({ contents }) => contents.length,
    onTrouble,
    observer: writeObserver,
    commit: (jobs) =>
      log.write(
        () => createOrders(writer, jobs, maxPerOwner),
        (created) => {
          const made = jobs.flatMap(({ order, contents }, index) => {
            const number = created[index]?.number;
            return typeof number === "number" ? [{ event: eventOf(order, number), size: contents.length }] : [];
          });
          return { events: made.map(({ event }) => event), sizes: made.map(({ size }) => size) };
        },
      ),
  });

  return {
    async create({ idempotencyKey: key, readerId, ...draft }) {
      const order: Order = { ...draft, id: randomUUID(), time: now() };
      const { number, earlier } = await queue.add({ order, key, contents: encodeOrder(order), readerId });
      if (number !== null) return { order, created: true };
      if (earlier === null) throw tooManyOrders(maxPerOwner);
      return createdEarlier(requireOrder(earlier), { ...draft, idempotencyKey: key });
    },
    async get(id) {
      // No id has it, and no text of Postgres.
      if (id.includes("\0")) return undefined;
      const [row] = await reader.select("order", queries.selectFrom("orders").select("contents").where("id", "=", id));
      return row && requireOrder(row.contents);
    },
    list: ({ limit, before = Number.MAX_SAFE_INTEGER, owner }) =>
      listOrders((next) => readPiece(reader, next, owner), { limit, before, owner }, reportUnreadable),
    feed: {
      follow: (start, signal) => follow({ log, hub, key: topic.name, heartbeatMs }, start, signal),
    },
    queue,
  };
}

function eventOf(order: Order, sequence: number): FeedEvent<Order> {
  return { kind: "event", sequence, time: order.time, event: order };
}

function createOrders(writer: Connection, jobs: readonly Creation[], maxPerOwner: number): Promise<readonly Created[]> {
  return writer.query<Created>({
    name: "create-orders",
    text: "select * from triptych_create_orders($1::text[], $2::text[], $3::bigint[], $4::text[], $5::bigint[], $6::text[], $7, $8::text[], $9)",
    values: [
      jobs.map(({ order }) => order.id),
      jobs.map(({ key }) => key ?? null),
      jobs.map(({ order }) => order.time.getTime()),
      jobs.map(({ contents }) => contents),
      jobs.map(({ readerId }) => readerId ?? null),
      jobs.map(({ order }) => order.items.map(({ bookId }) => bookId).join(",")),
      READER_EVENT_WEIGHTS.ordered,
      jobs.map(({ order }) => order.owner ?? null),
      maxPerOwner === 0 ? null : maxPerOwner,
    ],
  });
}

/** As the index has it. */
const ownerOf = sql<string>`triptych_owner_of(contents)`;

function readPiece(reader: Connection, before: number, owner: string | undefined): Promise<readonly OrderRow[]> {
  const older = queries.selectFrom("orders").select(["number", "contents"]).where("number", "<", before);
  const latest = older.orderBy("number", "desc").limit(PIECE);
  return owner === undefined
    ? reader.select("orders", latest)
    : reader.select("orders-of-owner", latest.where(ownerOf, "=", owner));
}
