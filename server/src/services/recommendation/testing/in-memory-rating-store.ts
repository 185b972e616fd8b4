import type { FeedStart, FeedUpdate, LoggedEvent } from "../../../domain/feed.ts";
import type { LoggedRatingChange, Rating, RatingStore, ReaderUpdate } from "../domain/rating-store.ts";

/** A rating store for tests, without durability, whose heart beats when told to. */
export interface InMemoryRatingStore extends RatingStore {
  /** Gives every follower that waits a position. */
  heartbeat(): void;
  /** How many followers of readers and of changes have started and not yet ended. */
  readonly following: number;
}

/** Creates an empty store that takes the time of ratings from the clock. */
export function createInMemoryRatingStore({ clock }: { readonly clock: () => Date }): InMemoryRatingStore {
  const log: LoggedEvent<LoggedRatingChange>[] = [];
  const ratings = new Map<string, Rating>();
  const followers = createFollowers(() => log.length);

  function followChanges(_: FeedStart, signal: AbortSignal): AsyncIterable<FeedUpdate<LoggedRatingChange>> {
    let seen = log.length;
    return followers.follow(() => {
      const logged = log[seen];
      if (logged === undefined) return undefined;
      seen++;
      return { kind: "event", ...logged } as const;
    }, signal);
  }

  function followReader(userId: number, signal: AbortSignal): AsyncIterable<ReaderUpdate> {
    let seen = log.length;
    return followers.follow(() => {
      const latest = log.findLast(({ sequence, event }) => sequence > seen && event.userId === userId);
      if (latest === undefined) return undefined;
      seen = latest.sequence;
      return { kind: "changed", sequence: latest.sequence, bookId: latest.event.bookId } as const;
    }, signal);
  }

  return {
    get following() {
      return followers.count;
    },
    heartbeat: followers.wake,
    refresh: followers.wake,
    async change(change) {
      const { userId, bookId, stars } = change;
      const time = clock();
      const before = ratings.get(`${userId}/${bookId}`)?.stars ?? 0;
      const changesLike = before >= 4 !== (stars ?? 0) >= 4;
      const rating = stars === undefined ? undefined : { userId, bookId, stars, time };
      if (rating) ratings.set(`${userId}/${bookId}`, rating);
      else ratings.delete(`${userId}/${bookId}`);
      const sequence = log.push({ sequence: log.length + 1, time, event: { ...change, changesLike } });
      followers.wake();
      return { rating, sequence };
    },
    async ofReader(userId) {
      const own = [...ratings.values()].filter((rating) => rating.userId === userId);
      return own.sort((a, b) => b.time.getTime() - a.time.getTime() || a.bookId - b.bookId);
    },
    async countsOf(bookId) {
      const readersWith = (stars: number) =>
        [...ratings.values()].filter((rating) => rating.bookId === bookId && rating.stars === stars).length;
      return [readersWith(1), readersWith(2), readersWith(3), readersWith(4), readersWith(5)];
    },
    followReader,
    changes: { follow: followChanges },
  };
}

/** Those who follow a log, which has so many events. */
function createFollowers(lastSequence: () => number) {
  const waiting = new Set<() => void>();
  let count = 0;

  function position() {
    const sequence = lastSequence();
    return { kind: "position", logId: "memory", sequence, oldestSequence: Math.min(1, sequence) } as const;
  }
  function woken(signal: AbortSignal): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const abort = () => reject(signal.reason);
    if (signal.aborted) abort();
    signal.addEventListener("abort", abort);
    waiting.add(resolve);
    return promise.finally(() => {
      waiting.delete(resolve);
      signal.removeEventListener("abort", abort);
    });
  }
  return {
    get count() {
      return count;
    },
    wake: () => {
      for (const resolve of waiting) resolve();
    },
    /** Yields what `next` finds, or a position when there is nothing after a wake-up; one position at first. */
    async *follow<T>(next: () => T | undefined, signal: AbortSignal) {
      count++;
      try {
        yield position();
        let quiet = false;
        for (;;) {
          const found = next();
          if (found !== undefined) yield found;
          else if (quiet) yield position();
          quiet = found === undefined;
          if (quiet) await woken(signal);
        }
      } finally {
        count--;
      }
    },
  };
}
