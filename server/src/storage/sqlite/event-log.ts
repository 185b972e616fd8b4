import { DataLoss } from "../../domain/errors.ts";
import type { FeedEvent } from "../../domain/feed.ts";
import { currentSpan } from "../../domain/span.ts";
import type { Hub } from "../live/hub.ts";
import { createTail } from "../live/tail.ts";
import {
  type CommittedEvents,
  DISK_PAGE,
  type LoggedEntry,
  PRUNE_EVERY,
  TAIL_BOUNDS,
  type Topic,
} from "../live/topic.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";

/** The append-only log of one topic. */
export interface EventLog<T> {
  /**
   * Appends in the transaction of a write job, and returns the event with its sequence number. Once that is committed, everyone who waits
   * for the topic is woken and `onCommit` is called.
   */
  append(context: WriteContext, event: T, time: Date, onCommit?: (logged: FeedEvent<T>) => void): FeedEvent<T>;
  /**
   * What followers and lists read. A write job shares its transaction with others, whose events are not among them yet: the number of an
   * event is what `append` returns, and never one more than the last here.
   */
  readonly committed: CommittedEvents<T>;
}

/** Opens the log of a topic. */
export async function openEventLog<T>(database: Database, hub: Hub, topic: Topic<T>): Promise<EventLog<T>> {
  const tail = createTail<T>(TAIL_BOUNDS);
  const deleteBefore = database.prepare("delete from events where topic = ? and sequence < ?");
  let { last, oldest } = await readBounds(database, topic.name);
  const insert = createInsertion(database, topic.name, () => last);
  // Up to here events may be gone. Known before they go, so that a reader at that moment takes it for no loss.
  let forgotten = oldest;

  function committed(logged: FeedEvent<T>, size: number): void {
    tail.push(logged, size);
    last = logged.sequence;
    if (oldest === 0) oldest = logged.sequence;
    hub.wake(topic.name);
  }

  function prune(context: WriteContext, sequence: number): void {
    if (topic.keep === undefined || sequence % PRUNE_EVERY !== 0) return;
    const oldestKept = sequence - topic.keep + 1;
    forgotten = Math.max(forgotten, oldestKept);
    deleteBefore.run([topic.name, oldestKept]);
    context.afterCommit(() => {
      oldest = Math.max(oldest, oldestKept);
    });
  }

  return {
    append(context, event, time, onCommit) {
      const payload = topic.encode(event);
      const sequence = insert(context, time, payload);
      prune(context, sequence);
      const origin = currentSpan()?.context;
      const logged: FeedEvent<T> = { kind: "event", sequence, time, event, ...(origin && { origin }) };
      context.afterCommit(() => {
        committed(logged, payload.length);
        onCommit?.(logged);
      });
      return logged;
    },
    committed: {
      logId: () => database.logId,
      readAfter: (sequence, limit) =>
        tail.after(sequence, limit) ??
        readEvents(database, topic, { after: sequence, to: last, forgotten, limit: Math.min(limit, DISK_PAGE) }),
      lastSequence: () => last,
      oldestSequence: () => oldest,
    },
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

/**
 * Makes what stores the text of an event in a topic and returns its sequence number: the one after all that are stored, and after all that
 * were, should they have been deleted by hand.
 */
function createInsertion({ prepare }: Database, topic: string, lastKnown: () => number) {
  const selectLast = prepare("select coalesce(max(sequence), 0) as last from events where topic = ?");
  const insert = prepare("insert into events (topic, sequence, time, payload) values (?, ?, ?, ?)");
  let counted: WriteContext | undefined;
  let last = 0;
  return (context: WriteContext, time: Date, payload: string): number => {
    // Read once for each transaction and counted from there, so that one that is rolled back leaves no gap.
    if (counted !== context) {
      // An aggregate without groups has one row.
      const [stored] = selectLast.all([topic]) as [{ last: number }];
      last = Math.max(stored.last, lastKnown());
      counted = context;
    }
    insert.run([topic, last + 1, time.getTime(), payload]);
    last += 1;
    return last;
  };
}

/** Events that are to be read from the disk: after one sequence number, and to another, behind which they may not be durable yet. */
interface EventRange {
  readonly after: number;
  readonly to: number;
  /** The oldest that has to be there. */
  readonly forgotten: number;
  readonly limit: number;
}

async function readEvents<T>(database: Database, topic: Topic<T>, { after, to, forgotten, limit }: EventRange) {
  const rows = await database.kysely
    .selectFrom("events")
    .where("topic", "=", topic.name)
    .where("sequence", ">", after)
    .where("sequence", "<=", to)
    .orderBy("sequence")
    .limit(limit)
    .select(["sequence", "time", "payload"])
    .execute();
  let next = after + 1;
  for (const { sequence } of rows) {
    if (sequence !== next && (next > after + 1 || sequence > forgotten)) throw missing(topic.name, next);
    next = sequence + 1;
  }
  if (rows.length === 0) throw missing(topic.name, next);
  return rows.map((row) => decodeEvent(database, topic, row));
}

function missing(topic: string, sequence: number): DataLoss {
  return new DataLoss(`event ${sequence} of the feed of ${topic} is missing`);
}

interface EventRow {
  readonly sequence: number;
  readonly time: number;
  readonly payload: string;
}

function decodeEvent<T>(
  database: Database,
  topic: Topic<T>,
  { sequence, time: stored, payload }: EventRow,
): LoggedEntry<T> {
  try {
    const time = new Date(stored);
    return { kind: "event", sequence, time, event: topic.decode(payload, time) };
  } catch (error) {
    database.reportUnreadable(`event ${sequence} of the feed of ${topic.name}`, error);
    return { kind: "unreadable", sequence };
  }
}
