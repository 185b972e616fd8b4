import { InvalidInput } from "../domain/errors.ts";
import type { FeedStart, FeedUpdate } from "../domain/feed.ts";
import type { EventLog } from "./event-log.ts";
import type { Hub } from "./hub.ts";

/** How many events one read of the log brings: all a follower that stalls holds in memory. */
const PAGE = 128;
/** The most events from before its start that a follower may ask for. */
const MAX_RECENT = 1_000;

/** What a follower reads and waits for. */
export interface FollowSource<T> {
  readonly log: EventLog<T>;
  readonly hub: Hub;
  /** The key of the hub that is woken for new events. */
  readonly key: string;
  /** A quiet stream says where it stands this often. */
  readonly heartbeatMs: number;
}

/** Follows a log as `ReadableFeed.follow` describes: pulled by its reader, so a slow one costs one page of memory. */
export function follow<T>(
  source: FollowSource<T>,
  start: FeedStart,
  signal: AbortSignal,
): AsyncIterable<FeedUpdate<T>> {
  return followAfter(source, startingSequence(source.log, start), signal);
}

async function* followAfter<T>(
  { log, hub, key, heartbeatMs }: FollowSource<T>,
  startAfter: number,
  signal: AbortSignal,
): AsyncGenerator<FeedUpdate<T>> {
  let sequence = startAfter;
  const position = () => ({ kind: "position" as const, sequence, oldestSequence: log.oldestSequence() });
  yield position();
  for (;;) {
    signal.throwIfAborted();
    if (sequence === log.lastSequence()) {
      const woken = await hub.wait(key, heartbeatMs, signal);
      if (!woken) yield position();
      continue;
    }
    for (const logged of await log.readAfter(sequence, PAGE)) {
      signal.throwIfAborted();
      sequence = logged.sequence;
      yield { kind: "event", ...logged };
    }
  }
}

function startingSequence(log: EventLog<unknown>, { afterSequence, recent = 0 }: FeedStart): number {
  const last = log.lastSequence();
  if (!Number.isInteger(recent) || recent < 0 || recent > MAX_RECENT) {
    throw new InvalidInput({ field: "recent", description: `must be 0 to ${MAX_RECENT}: got ${recent}` });
  }
  if (afterSequence === undefined) return Math.max(0, last - recent);
  if (!Number.isInteger(afterSequence) || afterSequence < 0 || afterSequence > last) {
    throw new InvalidInput({
      field: "after_sequence",
      description: `must be 0 to ${last}, the last event: got ${afterSequence}`,
    });
  }
  return afterSequence;
}
