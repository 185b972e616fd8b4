import type { LoggedEvent } from "../domain/feed.ts";

/** The latest events of a log, in memory. */
export interface Tail<T> {
  /** Adds the next event; the oldest goes when the tail is full. */
  push(event: LoggedEvent<T>): void;
  /** At most `limit` events after a sequence number, or undefined when the tail does not reach back that far. */
  after(sequence: number, limit: number): readonly LoggedEvent<T>[] | undefined;
}

/** Creates a tail of at most `capacity` events. */
export function createTail<T>(capacity: number): Tail<T> {
  // Trimmed only at twice the capacity, so that a push costs no copy most of the time.
  let events: LoggedEvent<T>[] = [];
  return {
    push(event) {
      events.push(event);
      if (events.length >= 2 * capacity) events = events.slice(-capacity);
    },
    after(sequence, limit) {
      const first = events[0];
      if (first === undefined || first.sequence > sequence + 1) return undefined;
      const start = sequence + 1 - first.sequence;
      return events.slice(start, start + limit);
    },
  };
}
