import { StoreBusy } from "../../domain/errors.ts";
import { greetingsTopic } from "../greetings-topic.ts";
import { createHub } from "../live/hub.ts";
import { reportOnce } from "../report-once.ts";
import type { Store, StoreOptions } from "../store.ts";
import { Connection } from "./connection.ts";
import { openPostgresFeed, type PostgresFeeds } from "./feeds.ts";
import { prepareDatabase } from "./open-database.ts";
import { openPostgresOrders } from "./order-store.ts";
import { openPostgresRatings } from "./rating-store.ts";
import { openPostgresReaderEvents } from "./reader-event-store.ts";
import { openPostgresReaderNumbers } from "./reader-numbers.ts";
import { openPostgresSessions } from "./session-store.ts";
import { explainDatabaseError } from "./unusable.ts";
import { WakeUps, type WakeUpsOptions } from "./wake-ups.ts";

/** What a store on Postgres is opened with. */
export interface PostgresStoreOptions extends StoreOptions {
  /** The URL of the database. */
  readonly url: string;
  readonly wakeUp: WakeUpsOptions["wakeUp"];
}

/** What an acknowledged write must have survived, whatever the database or the user is set to. */
const SYNC = "select set_config('synchronous_commit', 'on', false) where current_setting('synchronous_commit') = 'off'";

/**
 * Opens the store in a database of Postgres, which other servers may use too.
 * @throws DatabaseUnusable with what is wrong with the database, for an operator.
 * @throws LaterVersion when it was used by a later version of the server.
 */
export async function openPostgresStore(options: PostgresStoreOptions): Promise<Store> {
  const opened: Connection[] = [];
  try {
    await prepareDatabase(options.url);
    return await openStore(options, opened);
  } catch (error) {
    await Promise.all(opened.map((connection) => connection.close()));
    throw explainDatabaseError(error);
  }
}

async function openStore(options: PostgresStoreOptions, opened: Connection[]): Promise<Store> {
  const { url, wakeUp, library, heartbeatMs, now, logger, onTrouble = () => undefined, writeObserver } = options;
  const connect = async (purpose: string) => {
    const connection = await new Connection({
      url,
      purpose,
      prepare: async (client) => void (await client.query(SYNC)),
    }).open();
    opened.push(connection);
    return connection;
  };
  const reader = await connect("reader");
  const writers = {
    greetings: await connect("greetings"),
    orders: await connect("orders"),
    ratings: await connect("ratings"),
    events: await connect("events"),
  };
  const onProblem = (what: string, error?: unknown) => logger.error({ err: error }, what);
  const wakeUps = new WakeUps({ url, reader, wakeUp, onProblem });
  const hub = createHub();
  const feeds: PostgresFeeds = {
    reader,
    hub,
    wakeUps,
    heartbeatMs,
    now,
    reportUnreadable: reportOnce((what, error) => logger.error({ err: error }, what)),
    onTrouble,
    writeObserver,
  };
  const greetings = await openPostgresFeed(feeds, writers.greetings, greetingsTopic);
  const orders = await openPostgresOrders(feeds, writers.orders, options.maxOrdersPerOwner);
  const ratings = await openPostgresRatings(feeds, writers.ratings, library);
  const readerEvents = openPostgresReaderEvents(feeds, writers.events);
  const queues = [greetings.queue, orders.queue, ratings.queue, readerEvents.queue];
  try {
    await wakeUps.start();
  } catch (error) {
    await wakeUps.close();
    throw error;
  }
  return {
    greetings: greetings.feed,
    orders,
    ratings,
    readerEvents,
    readers: openPostgresReaderNumbers(reader, writers.ratings),
    sessions: openPostgresSessions(reader, writers.ratings),
    get pendingWrites() {
      const pending = queues.map((queue) => queue.pending);
      return {
        count: pending.reduce((sum, { count }) => sum + count, 0),
        lagMs: Math.max(...pending.map(({ lagMs }) => lagMs)),
      };
    },
    get unreadEvents() {
      return wakeUps.unread;
    },
    held: () => ({ followers: hub.waiters, followedKeys: hub.keys, followedReaders: ratings.followedReaders }),
    check: () => requireWritable(opened, reader),
    async close() {
      await Promise.all(queues.map((queue) => queue.idle()));
      await wakeUps.close();
      await Promise.all(opened.map((connection) => connection.close()));
    },
  };
}

async function requireWritable(connections: readonly Connection[], reader: Connection): Promise<void> {
  if (!connections.every(({ isOpen }) => isOpen)) throw new StoreBusy("the store cannot be reached");
  const [row] = await reader.read<{ writable: boolean }>({
    name: "check",
    text: "select current_setting('transaction_read_only') = 'off' as writable",
  });
  if (row?.writable !== true) throw new StoreBusy("the store takes no writes: it is a standby, or read-only");
}
