import type { LoggedEvent } from "../domain/feed.ts";
import type { WriteContext } from "../store/commit-queue.ts";
import type { Database } from "../store/database.ts";
import type { Hub } from "./hub.ts";
import { createTail } from "./tail.ts";

/** How a topic keeps its events. */
export interface Topic<T> {
  /** Its name in the log. */
  readonly name: string;
  /** An event as text. */
  encode(event: T): string;
  /** The event of a text and of the time it was stored at. */
  decode(payload: string, time: Date): T;
  /** How many events are kept; undefined keeps all. */
  readonly keep?: number;
}

/** The append-only log of one topic. */
export interface EventLog<T> {
  /**
   * Appends in the transaction of a write job. Once that is committed, everyone who waits for the topic is woken and
   * `onCommit` is called.
   */
  append(
    context: WriteContext,
    event: T,
    time: Date,
    onCommit?: (logged: LoggedEvent<T>) => void,
  ): Promise<LoggedEvent<T>>;
  /** At most `limit` events after a sequence number, in order and at least one if there is one. */
  readAfter(sequence: number, limit: number): Promise<readonly LoggedEvent<T>[]>;
  /** The sequence number of the last committed event; 0 when there is none. */
  lastSequence(): number;
  /** The sequence number of the oldest event that is kept; 0 when there is none. */
  oldestSequence(): number;
}

/** The latest events are kept in memory, so that followers who keep up read nothing from the disk. */
const TAIL_BOUNDS = { events: 1_024, size: 4_000_000 };
/** How many events a read from the disk brings at most: each may be large, and they are this reader's alone. */
const DISK_PAGE = 16;
/** How many appends pass between two clean-ups of a topic that does not keep all. */
const PRUNE_EVERY = 1_000;

/** Opens the log of a topic. */
export async function openEventLog<T>(database: Database, hub: Hub, topic: Topic<T>): Promise<EventLog<T>> {
  const tail = createTail<T>(TAIL_BOUNDS);
  let { last, oldest } = await readBounds(database, topic.name);

  function committed(logged: LoggedEvent<T>, size: number): void {
    tail.push(logged, size);
    last = logged.sequence;
    if (oldest === 0) oldest = logged.sequence;
    hub.wake(topic.name);
  }

  async function prune(context: WriteContext, sequence: number): Promise<void> {
    if (topic.keep === undefined || sequence % PRUNE_EVERY !== 0) return;
    const oldestKept = sequence - topic.keep + 1;
    await context.transaction
      .deleteFrom("events")
      .where("topic", "=", topic.name)
      .where("sequence", "<", oldestKept)
      .execute();
    context.afterCommit(() => {
      oldest = Math.max(oldest, oldestKept);
    });
  }

  return {
    async append(context, event, time, onCommit) {
      const payload = topic.encode(event);
      const sequence = await insertEvent(context, topic.name, time, payload);
      await prune(context, sequence);
      const logged = { sequence, time, event };
      context.afterCommit(() => {
        committed(logged, payload.length);
        onCommit?.(logged);
      });
      return logged;
    },
    async readAfter(sequence, limit) {
      return tail.after(sequence, limit) ?? (await readEvents(database, topic, sequence, Math.min(limit, DISK_PAGE)));
    },
    lastSequence: () => last,
    oldestSequence: () => oldest,
  };
}

async function readBounds(database: Database, topic: string): Promise<{ last: number; oldest: number }> {
  const row = await database.kysely
    .selectFrom("events")
    .where("topic", "=", topic)
    .select(({ fn }) => [fn.max("sequence").as("last"), fn.min("sequence").as("oldest")])
    .executeTakeFirst();
  return { last: row?.last ?? 0, oldest: row?.oldest ?? 0 };
}

async function insertEvent(context: WriteContext, topic: string, time: Date, payload: string): Promise<number> {
  const { sequence } = await context.transaction
    .insertInto("events")
    .columns(["topic", "sequence", "time", "payload"])
    .expression((eb) =>
      eb
        .selectFrom("events")
        .where("topic", "=", topic)
        .select(({ fn, val, lit }) => [
          val(topic).as("topic"),
          eb(fn.coalesce(fn.max("sequence"), lit(0)), "+", lit(1)).as("sequence"),
          val(time.getTime()).as("time"),
          val(payload).as("payload"),
        ]),
    )
    .returning("sequence")
    .executeTakeFirstOrThrow();
  return sequence;
}

async function readEvents<T>(database: Database, topic: Topic<T>, sequence: number, limit: number) {
  const rows = await database.kysely
    .selectFrom("events")
    .where("topic", "=", topic.name)
    .where("sequence", ">", sequence)
    .orderBy("sequence")
    .limit(limit)
    .select(["sequence", "time", "payload"])
    .execute();
  return rows.map((row): LoggedEvent<T> => {
    const time = new Date(row.time);
    return { sequence: row.sequence, time, event: topic.decode(row.payload, time) };
  });
}
