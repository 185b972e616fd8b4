import type { FeedStart, FeedUpdate, LoggedEvent } from "../../domain/feed.ts";
import { type EventLog, openEventLog } from "../sqlite/event-log.ts";
import type { FeedOptions } from "./event-feed.ts";
import { follow } from "./follow.ts";
import { followWhenOpen } from "./follow-when-open.ts";
import type { Topic } from "./topic.ts";

/** Feeds of one kind, one an entity: each with sequence numbers of its own. */
export interface TopicFamily<K, T> {
  /** Stores an event in the feed of an entity, as `EventFeed.append` does. */
  append(key: K, event: T): Promise<LoggedEvent<T>>;
  /** Follows the feed of an entity, as `ReadableFeed.follow` does; it is read when the first update is asked for. */
  follow(key: K, start: FeedStart, signal: AbortSignal): AsyncIterable<FeedUpdate<T>>;
  /** How many feeds are held in memory: those that are followed or written at this moment. */
  readonly open: number;
}

/** A log that is held for those who use it. Two logs of one topic would each miss what is appended to the other. */
interface HeldLog<T> {
  readonly log: Promise<EventLog<T>>;
  users: number;
}

/**
 * Opens a family of topics; `topicOf` gives that of an entity, whose name no other may have. A feed is read from the disk when it is first
 * followed or written, and closed when the last one to use it is done: thousands of entities cost what those in use do.
 */
export function openTopicFamily<K extends string | number, T>(
  { database, hub, heartbeatMs, now }: FeedOptions,
  topicOf: (key: K) => Topic<T>,
): TopicFamily<K, T> {
  const held = new Map<K, HeldLog<T>>();

  function hold(key: K): HeldLog<T> {
    const one = held.get(key) ?? { log: openEventLog(database, hub, topicOf(key)), users: 0 };
    one.users += 1;
    held.set(key, one);
    return one;
  }

  function release(key: K, one: HeldLog<T>): void {
    one.users -= 1;
    if (one.users === 0) held.delete(key);
  }

  return {
    get open() {
      return held.size;
    },
    async append(key, event) {
      const one = hold(key);
      try {
        const log = await one.log;
        return await database.write((context) => log.append(context, event, now()));
      } finally {
        release(key, one);
      }
    },
    follow(key, start, signal) {
      let one: HeldLog<T> | undefined;
      const open = async () => {
        one = hold(key);
        const { committed } = await one.log;
        return follow({ log: committed, hub, key: topicOf(key).name, heartbeatMs }, start, signal);
      };
      return followWhenOpen(open, () => one && release(key, one));
    },
  };
}
