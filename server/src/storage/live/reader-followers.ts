import { LogReplaced, TooMuchWork } from "../../domain/errors.ts";
import type { LoggedEvent } from "../../domain/feed.ts";
import type { LoggedRatingChange, ReaderUpdate } from "../../services/recommendation/domain/rating-store.ts";
import type { Hub } from "./hub.ts";
import type { CommittedEvents } from "./topic.ts";

/** What the followers of single readers wait for and read. */
export interface ReaderFollowersOptions {
  readonly hub: Hub;
  readonly log: CommittedEvents<LoggedRatingChange>;
  readonly heartbeatMs: number;
}

/** How many followers are woken without a pause: each ranks the books. */
const WOKEN_AT_ONCE = 32;
/** How many followers a reader may have. */
const MOST_FOLLOWERS = 256;

interface FollowedReader {
  followers: number;
  /** The reader's latest change since the first of the followers came. */
  latest: { readonly sequence: number; readonly bookId: number } | undefined;
}

/** Keeps the latest change of each reader that is followed, and wakes only that reader's followers. */
export function createReaderFollowers({ hub, log, heartbeatMs }: ReaderFollowersOptions) {
  const readers = new Map<number, FollowedReader>();
  let refreshes = 0;
  const keyOf = (userId: number) => `ratings/${userId}`;

  function join(userId: number): FollowedReader {
    const reader = readers.get(userId) ?? { followers: 0, latest: undefined };
    if (reader.followers === MOST_FOLLOWERS)
      throw new TooMuchWork(`a reader may be followed by ${MOST_FOLLOWERS} streams, and reader ${userId} is`);
    reader.followers += 1;
    readers.set(userId, reader);
    return reader;
  }

  function leave(userId: number, reader: FollowedReader): void {
    reader.followers -= 1;
    if (reader.followers === 0) readers.delete(userId);
  }

  // In pieces, so that thousands of followers do not keep everyone else waiting for all their answers.
  async function wake(userIds: Iterable<number>): Promise<void> {
    let woken = 0;
    for (const userId of userIds) {
      for (const _ of hub.wakeOneByOne(keyOf(userId))) {
        if (++woken % WOKEN_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
      }
    }
  }

  return {
    /** How many readers are followed. */
    get readers() {
      return readers.size;
    },
    /** Takes note of a committed change and wakes its reader's followers. */
    changed({ sequence, event: { userId, bookId } }: LoggedEvent<LoggedRatingChange>): void {
      const reader = readers.get(userId);
      if (reader === undefined) return;
      reader.latest = { sequence, bookId };
      void wake([userId]);
    },
    /** Ends all followers, since the log has another history now. */
    async replaced(): Promise<void> {
      for (const reader of readers.values()) reader.latest = undefined;
      await wake([...readers.keys()]);
    },
    /** See `RatingStore.refresh`. */
    async refresh(): Promise<void> {
      refreshes++;
      await wake([...readers.keys()]);
    },
    /** See `RatingStore.followReader`. */
    async *follow(userId: number, signal: AbortSignal): AsyncGenerator<ReaderUpdate> {
      const reader = join(userId);
      const subscription = hub.subscribe(keyOf(userId), heartbeatMs, signal);
      const position = () => ({
        kind: "position" as const,
        logId: log.logId(),
        sequence: log.lastSequence(),
        oldestSequence: log.oldestSequence(),
      });
      try {
        const logId = log.logId();
        let seen = log.lastSequence();
        let refreshed = refreshes;
        yield position();
        for (;;) {
          signal.throwIfAborted();
          if (log.logId() !== logId) throw new LogReplaced("the ratings have another history now: follow them again");
          const { latest } = reader;
          if (latest !== undefined && latest.sequence > seen) {
            seen = latest.sequence;
            yield { kind: "changed", ...latest };
          } else if (refreshed !== refreshes || !(await subscription.wait())) {
            refreshed = refreshes;
            yield position();
          }
        }
      } finally {
        subscription.leave();
        leave(userId, reader);
      }
    },
  };
}
