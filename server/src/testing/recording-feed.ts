import type { EventFeed, FeedStart, FeedUpdate } from "../domain/feed.ts";

/** A feed that remembers what was asked of it. */
export interface RecordingFeed<T> extends EventFeed<T> {
  /** The events that were stored, in order. */
  readonly appended: readonly T[];
  /** Where each follower started, in order. */
  readonly starts: readonly FeedStart[];
  /** How many followers have started and not yet ended. */
  readonly following: number;
  /** Resolves once no follower is left; at once where there is none. */
  idle(): Promise<void>;
}

/** What a recording feed does beside recording. */
export interface RecordingFeedOptions<T> {
  /** The time of every event; the epoch unless given. */
  readonly time?: Date;
  /** Runs before an event is stored: it is stored when this resolves, and not when it rejects. */
  readonly beforeAppend?: (event: T) => Promise<void>;
  /** What a follower is given before it waits for the abort of its signal. Without it, following fails. */
  readonly updates?: readonly FeedUpdate<T>[];
}

/**
 * Creates a feed for tests of what writes or follows one. It keeps events in memory and hands followers the updates it
 * was configured with, never what was appended: that is the business of a real feed, tested there.
 */
export function createRecordingFeed<T>(options: RecordingFeedOptions<T> = {}): RecordingFeed<T> {
  const { time = new Date(0), beforeAppend, updates } = options;
  const appended: T[] = [];
  const starts: FeedStart[] = [];
  let following = 0;
  let idle = Promise.withResolvers<void>();
  idle.resolve();

  async function* replay(given: readonly FeedUpdate<T>[], signal: AbortSignal): AsyncGenerator<FeedUpdate<T>> {
    if (following === 0) idle = Promise.withResolvers<void>();
    following++;
    try {
      yield* given;
      await aborted(signal);
    } finally {
      following--;
      if (following === 0) idle.resolve();
    }
  }

  return {
    appended,
    starts,
    get following() {
      return following;
    },
    idle: () => idle.promise,
    async append(event) {
      await beforeAppend?.(event);
      const sequence = appended.push(event);
      return { sequence, time, event };
    },
    follow(start, signal) {
      if (updates === undefined) throw new Error("unexpected follower: the feed of this test has no updates to give");
      starts.push(start);
      return replay(updates, signal);
    },
  };
}

/** Rejects with the signal's reason once it is aborted. */
function aborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    else signal.addEventListener("abort", onAbort, { once: true });
  });
}
