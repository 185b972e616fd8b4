import type { StoreTrouble } from "../../domain/errors.ts";
import type { EventFeed, FeedEvent } from "../../domain/feed.ts";
import { follow } from "../live/follow.ts";
import type { Hub } from "../live/hub.ts";
import { PRUNE_EVERY, type Topic } from "../live/topic.ts";
import type { ReportUnreadable } from "../report-once.ts";
import type { WriteObserver } from "../write-observer.ts";
import { BatchQueue, type Queue } from "./batch-queue.ts";
import type { Connection } from "./connection.ts";
import { boundsOf, TopicLog, type TopicLogOptions } from "./topic-log.ts";
import type { WakeUps } from "./wake-ups.ts";

/** What feeds on Postgres are made of. */
export interface PostgresFeeds {
  readonly reader: Connection;
  readonly hub: Hub;
  readonly wakeUps: WakeUps;
  readonly heartbeatMs: number;
  readonly now: () => Date;
  readonly reportUnreadable: ReportUnreadable;
  readonly onTrouble: (trouble: StoreTrouble) => void;
  readonly writeObserver: WriteObserver | undefined;
}

/** Opens the log of a topic and keeps it told of what other servers store. */
export async function openTopicLog<T>(
  { reader, hub, wakeUps, reportUnreadable }: PostgresFeeds,
  topic: Topic<T>,
  told: Pick<TopicLogOptions<T>, "onEvent" | "onReplaced"> = {},
): Promise<TopicLog<T>> {
  const [bounds = { last: 0, oldest: 0 }] = await reader.select("bounds", boundsOf(topic.name));
  const log = new TopicLog<T>(
    {
      reader,
      hub,
      topic,
      reportUnreadable,
      logId: () => wakeUps.logId,
      look: () => wakeUps.lookAnew(),
      ...told,
    },
    bounds,
  );
  wakeUps.add(topic.name, log);
  return log;
}

/** A feed, and the queue of its writes. */
export interface OpenFeed<T> {
  readonly feed: EventFeed<T>;
  /** What writes wait in. */
  readonly queue: Queue;
}

interface Append {
  readonly time: number;
  readonly payload: string;
}

/** Opens the feed of a topic whose events are stored nowhere else; `writer` runs its statements. */
export async function openPostgresFeed<T>(
  feeds: PostgresFeeds,
  writer: Connection,
  topic: Topic<T>,
): Promise<OpenFeed<T>> {
  const { hub, heartbeatMs, now, onTrouble, writeObserver } = feeds;
  const log = await openTopicLog(feeds, topic);

  const queue = new BatchQueue<Append & { readonly event: T }, FeedEvent<T>>({
    sizeOf: ({ payload }) => payload.length,
    onTrouble,
    observer: writeObserver,
    async commit(jobs) {
      const eventsFrom = (first: number) =>
        jobs.map(
          ({ event, time }, index): FeedEvent<T> => ({
            kind: "event",
            sequence: first + index,
            time: new Date(time),
            event,
          }),
        );
      return await log.write(
        async () => eventsFrom(await append(writer, topic, jobs)),
        (events) => ({ events, sizes: jobs.map(({ payload }) => payload.length) }),
      );
    },
  });

  return {
    feed: {
      append: (event) => queue.add({ event, time: now().getTime(), payload: topic.encode(event) }),
      follow: (start, signal) => follow({ log, hub, key: topic.name, heartbeatMs }, start, signal),
    },
    queue,
  };
}

/** Returns the number of the first. */
async function append(
  writer: Connection,
  topic: { name: string; keep?: number },
  jobs: readonly Append[],
): Promise<number> {
  const [row] = await writer.query<{ first_number: number }>({
    name: "append",
    text: "select first_number from triptych_append($1, $2::bigint[], $3::text[], $4, $5)",
    values: [
      topic.name,
      jobs.map(({ time }) => time),
      jobs.map(({ payload }) => payload),
      topic.keep ?? null,
      PRUNE_EVERY,
    ],
  });
  if (row === undefined) throw new Error("the function that appends returns one row");
  return row.first_number;
}
