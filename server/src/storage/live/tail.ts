import type { FeedEvent } from "../../domain/feed.ts";

/** The latest events of a log, in memory. */
export interface Tail<T> {
  /**
   * Adds the next event, whose stored form has `size` characters; the oldest go when the tail is over a bound, and all of them when this is
   * not the one after the last.
   */
  push(event: FeedEvent<T>, size: number): void;
  /** At most `limit` events after a sequence number, or undefined when the tail does not reach back that far. */
  after(sequence: number, limit: number): readonly FeedEvent<T>[] | undefined;
}

/** What a tail holds at most. */
export interface TailBounds {
  readonly events: number;
  /** In characters of the stored form. */
  readonly size: number;
}

/** Creates an empty tail. */
export function createTail<T>(bounds: TailBounds): Tail<T> {
  let events: FeedEvent<T>[] = [];
  let sizes: number[] = [];
  let size = 0;

  function trim(): void {
    let start = Math.max(0, events.length - bounds.events);
    for (let index = 0; index < start; index++) size -= sizes[index] ?? 0;
    for (; size > bounds.size && start < events.length; start++) size -= sizes[start] ?? 0;
    events = events.slice(start);
    sizes = sizes.slice(start);
  }

  return {
    push(event, eventSize) {
      const last = events.at(-1);
      if (last !== undefined && event.sequence !== last.sequence + 1) [events, sizes, size] = [[], [], 0];
      events.push(event);
      sizes.push(eventSize);
      size += eventSize;
      // Trimmed only at twice a bound, so that a push costs no copy most of the time.
      if (events.length >= 2 * bounds.events || size >= 2 * bounds.size) trim();
    },
    after(sequence, limit) {
      const first = events[0];
      if (first === undefined || first.sequence > sequence + 1) return undefined;
      const start = sequence + 1 - first.sequence;
      return events.slice(start, start + limit);
    },
  };
}
