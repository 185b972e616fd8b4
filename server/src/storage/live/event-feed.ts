import type { EventFeed } from "../../domain/feed.ts";
import type { Database } from "../sqlite/database.ts";
import { openEventLog } from "../sqlite/event-log.ts";
import { follow } from "./follow.ts";
import type { Hub } from "./hub.ts";
import type { Topic } from "./topic.ts";

/** What a feed is made of. */
export interface FeedOptions {
  readonly database: Database;
  readonly hub: Hub;
  readonly heartbeatMs: number;
  readonly now: () => Date;
}

/** Opens the feed of a topic whose events are stored nowhere else. */
export async function openEventFeed<T>(options: FeedOptions, topic: Topic<T>): Promise<EventFeed<T>> {
  const { database, hub, heartbeatMs, now } = options;
  const log = await openEventLog(database, hub, topic);
  return {
    append: (event) => database.write((context) => log.append(context, event, now())),
    follow: (start, signal) => follow({ log: log.committed, hub, key: topic.name, heartbeatMs }, start, signal),
  };
}
