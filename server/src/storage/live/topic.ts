import type { FeedEvent } from "../../domain/feed.ts";

/** How a topic keeps its events. */
export interface Topic<T> {
  /** Its name in the log. */
  readonly name: string;
  /** An event as text. */
  encode(event: T): string;
  /**
   * The event of a text and of the time it was stored at.
   * @throws Error when the text is none.
   */
  decode(payload: string, time: Date): T;
  /** How many events are kept; undefined keeps all. */
  readonly keep?: number;
}

/** An event whose row is there and cannot be read. */
export interface UnreadableEvent {
  readonly kind: "unreadable";
  readonly sequence: number;
}

/** What a log has in the place of an event. */
export type LoggedEntry<T> = FeedEvent<T> | UnreadableEvent;

/** The events of a topic that are durable, as far as this process knows of them. */
export interface CommittedEvents<T> {
  /** Says in which history the numbers count: where it is another, the same number is that of another event. */
  logId(): string;
  /**
   * At most `limit` events after a sequence number that is below the last, in order and at least one. An event that cannot be read is
   * reported and marked as such. Rejects with DataLoss when the next event is not there, although it was stored and is to be kept.
   */
  readAfter(sequence: number, limit: number): Promise<readonly LoggedEntry<T>[]> | readonly LoggedEntry<T>[];
  /** The sequence number of the last committed event that this process knows of; 0 when there is none. */
  lastSequence(): number;
  /** The sequence number of the oldest event that is kept; 0 when there is none. */
  oldestSequence(): number;
  /** Resolves once this process knows of all that were committed before the call; absent where it alone writes. */
  catchUp?(): Promise<void>;
}

/** How many appends pass between two clean-ups of a topic that does not keep all. */
export const PRUNE_EVERY = 1_000;
/** The latest events are kept in memory, so that followers who keep up read nothing from the disk. */
export const TAIL_BOUNDS = { events: 1_024, size: 4_000_000 };
/** How many events a read from the disk brings at most: each may be large, and they are this reader's alone. */
export const DISK_PAGE = 16;
