import { DataLoss, LogReplaced } from "../../domain/errors.ts";
import type { FeedEvent } from "../../domain/feed.ts";
import type { Hub } from "../live/hub.ts";
import { createTail, type Tail } from "../live/tail.ts";
import { type CommittedEvents, DISK_PAGE, type LoggedEntry, TAIL_BOUNDS, type Topic } from "../live/topic.ts";
import type { ReportUnreadable } from "../report-once.ts";
import { NOTHING_UNREAD, type UnreadEvents } from "../unread-events.ts";
import type { Connection } from "./connection.ts";
import { queries } from "./queries.ts";
import type { Tables } from "./tables.ts";

/** What the log of a topic works with. */
export interface TopicLogOptions<T> {
  readonly reader: Connection;
  readonly hub: Hub;
  readonly topic: Topic<T>;
  readonly logId: () => string;
  /** Has this log told where its topic stands now, and in which history. */
  readonly look: () => Promise<void>;
  readonly reportUnreadable: ReportUnreadable;
  /** Told of each event in the order of the log, once this process knows of it and before who waits for it is woken. */
  readonly onEvent?: (event: FeedEvent<T>) => void;
  /** Told that another history has taken the place of the one that was known. */
  readonly onReplaced?: () => void;
}

/** Where a topic stands: the numbers of its last event and of the oldest that is kept; 0 when there is none. */
export type TopicBounds = Readonly<Pick<Tables["topics"], "last" | "oldest">>;

/** The query for where a topic stands; it finds nothing while nothing was ever added to it. */
export function boundsOf(name: string) {
  return queries.selectFrom("topics").select(["last", "oldest"]).where("name", "=", name);
}

/** Events as this process has stored them, with the number of characters of each. */
export interface AppendedEvents<T> {
  readonly events: readonly FeedEvent<T>[];
  readonly sizes: readonly number[];
}

type EventRow = Pick<Tables["events"], "sequence" | "time" | "payload">;

/** How many events are read at a time that other processes have stored. */
const CATCH_UP_PAGE = 512;

/**
 * The log of a topic as one process knows it. What this process stores is known at once where it follows on what is known; what others store,
 * once it is told of it, and then it is read, once for all who follow.
 */
export class TopicLog<T> implements CommittedEvents<T> {
  readonly #options: TopicLogOptions<T>;
  #tail: Tail<T> = createTail(TAIL_BOUNDS);
  #last: number;
  #oldest: number;
  /** The last event that there is said to be. */
  #told: number;
  /** When it was told of one that it has not read, in milliseconds of `performance.now`; undefined while it has read all. */
  #behindSince: number | undefined;
  /** How many statements of this process are under way, whose events come with their answers. */
  #writing = 0;
  #catching: Promise<void> | undefined;

  constructor(options: TopicLogOptions<T>, { last, oldest }: TopicBounds) {
    this.#options = options;
    this.#last = last;
    this.#oldest = oldest;
    this.#told = last;
  }

  logId(): string {
    return this.#options.logId();
  }

  lastSequence(): number {
    return this.#last;
  }

  oldestSequence(): number {
    return this.#oldest;
  }

  /** The events that there are said to be and that are not read yet. */
  get unread(): UnreadEvents {
    if (this.#behindSince === undefined) return NOTHING_UNREAD;
    return { count: this.#told - this.#last, lagMs: performance.now() - this.#behindSince };
  }

  readAfter(sequence: number, limit: number): Promise<readonly LoggedEntry<T>[]> | readonly LoggedEntry<T>[] {
    const kept = this.#tail.after(sequence, limit);
    return kept?.length ? kept : this.#readPage(sequence, Math.min(limit, DISK_PAGE));
  }

  async catchUp(): Promise<void> {
    const { reader, topic } = this.#options;
    const [bounds] = await reader.select("bounds", boundsOf(topic.name));
    if (bounds === undefined) return;
    this.noteBounds(bounds);
    await this.#catchUp();
  }

  /** Runs a statement that appends to this topic, and takes note of what it has stored. */
  async write<R>(run: () => Promise<R>, appendedOf: (result: R) => AppendedEvents<T>): Promise<R> {
    this.#writing++;
    try {
      const result = await run();
      this.#appended(appendedOf(result));
      return result;
    } finally {
      this.#writing--;
      if (this.#told > this.#last) void this.#catchUp().catch(() => undefined);
    }
  }

  /** Takes note of where the topic stands, and reads what is new. */
  noteBounds({ last, oldest }: TopicBounds): void {
    this.#oldest = Math.max(this.#oldest, oldest);
    this.#hear(last);
    // What comes with the answer of a statement need not be read.
    if (this.#writing === 0 && this.#told > this.#last) void this.#catchUp().catch(() => undefined);
  }

  /** Another history has taken the place of the one that was known. */
  replaced({ last, oldest }: TopicBounds): void {
    this.#tail = createTail(TAIL_BOUNDS);
    this.#last = last;
    this.#told = last;
    this.#behindSince = undefined;
    this.#oldest = oldest;
    this.#options.onReplaced?.();
    this.#options.hub.wake(this.#options.topic.name);
  }

  #appended({ events, sizes }: AppendedEvents<T>): void {
    const [first] = events;
    const final = events.at(-1);
    if (first === undefined || final === undefined) return;
    this.#hear(final.sequence);
    if (first.sequence !== this.#last + 1 || this.#catching !== undefined) return;
    events.forEach((event, index) => void this.#push(event, sizes[index] ?? 0));
    this.#advance(final.sequence);
  }

  #push(event: FeedEvent<T>, size: number): void {
    this.#tail.push(event, size);
    this.#options.onEvent?.(event);
  }

  #hear(last: number): void {
    if (last <= this.#told) return;
    this.#told = last;
    this.#behindSince ??= performance.now();
  }

  #advance(to: number): void {
    this.#last = to;
    if (this.#told <= to) this.#behindSince = undefined;
    if (this.#oldest === 0) this.#oldest = 1;
    this.#options.hub.wake(this.#options.topic.name);
  }

  #catchUp(): Promise<void> {
    this.#catching ??= this.#readOn().finally(() => {
      this.#catching = undefined;
    });
    return this.#catching;
  }

  /** Reads on to the last event that there is said to be. What fails is tried again when the topic is looked at next. */
  async #readOn(): Promise<void> {
    while (this.#told > this.#last) {
      const tail = this.#tail;
      const rows = await this.#select(this.#last, Number.MAX_SAFE_INTEGER, CATCH_UP_PAGE);
      // Another history may have taken its place meanwhile.
      if (tail !== this.#tail) continue;
      const final = rows.at(-1);
      if (final === undefined) {
        this.#told = this.#last;
        this.#behindSince = undefined;
        return;
      }
      for (const row of rows) {
        const entry = this.#decode(row);
        if (entry.kind === "event") this.#push(entry, row.payload.length);
      }
      this.#hear(final.sequence);
      this.#advance(final.sequence);
    }
  }

  async #readPage(after: number, limit: number): Promise<readonly LoggedEntry<T>[]> {
    const tail = this.#tail;
    // What comes behind the last that is known is for who follows from there.
    const rows = await this.#select(after, this.#last, limit);
    const gap = gapIn(rows, after, this.#oldest);
    // Another process may have dropped the oldest since this one last heard of it; or another history has none of it.
    if (gap !== undefined) await this.#options.look();
    if (tail !== this.#tail) throw new LogReplaced("the feed has another history now: follow it again");
    if (gap !== undefined) {
      const stillMissing = gapIn(rows, after, this.#oldest);
      if (stillMissing !== undefined) {
        throw new DataLoss(`event ${stillMissing} of the feed of ${this.#options.topic.name} is missing`);
      }
    }
    if (rows.length > 0) return rows.map((row) => this.#decode(row));
    return await this.#readPage(this.#oldest - 1, limit);
  }

  #select(after: number, to: number, limit: number): Promise<EventRow[]> {
    const { reader, topic } = this.#options;
    return reader.read<EventRow>({
      name: "events",
      text: `select sequence, time, payload from events
        where topic = $1 and sequence > $2 and sequence <= $3 order by sequence limit $4`,
      values: [topic.name, after, to, limit],
    });
  }

  #decode({ sequence, time: stored, payload }: EventRow): LoggedEntry<T> {
    const { topic, reportUnreadable } = this.#options;
    try {
      const time = new Date(stored);
      return { kind: "event", sequence, time, event: topic.decode(payload, time) };
    } catch (error) {
      reportUnreadable(`event ${sequence} of the feed of ${topic.name}`, error);
      return { kind: "unreadable", sequence };
    }
  }
}

/** The number of the first event that is not there and is to be kept. */
function gapIn(rows: readonly EventRow[], after: number, oldest: number): number | undefined {
  let next = after + 1;
  for (const { sequence } of rows) {
    if (sequence !== next && (next > after + 1 || sequence > oldest)) return next;
    next = sequence + 1;
  }
  return rows.length === 0 && oldest <= next ? next : undefined;
}
