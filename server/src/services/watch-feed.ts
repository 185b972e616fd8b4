import { create, type DescMessage, type MessageInitShape, type MessageShape } from "@bufbuild/protobuf";
import type { FeedPosition, FeedUpdate, LoggedEvent, ReadableFeed } from "../domain/feed.ts";
import { createFeedMessages } from "../domain/feed-messages.ts";
import { feedStart, type WatchRequest } from "./feed-start.ts";

/** How the messages of a feed are made. */
export interface WatchFeedOptions<T, Desc extends DescMessage> {
  /** The response: a message whose oneof `update` is either `position`, a `triptych.live.v1.StreamPosition`, or an event. */
  readonly schema: Desc;
  /** What an event of the feed is in that oneof. */
  readonly eventOf: (logged: LoggedEvent<T>) => NonNullable<UpdateOf<Desc>>;
}

type UpdateOf<Desc extends DescMessage> = MessageInitShape<Desc> extends { update?: infer Update } ? Update : never;

/**
 * Answers a call that follows a feed, from where the request says until the signal is aborted.
 * @throws InvalidInput as `feedStart` does, when the first message is asked for.
 */
export type WatchFeed<T, Desc extends DescMessage> = (
  feed: ReadableFeed<T>,
  request: WatchRequest,
  signal: AbortSignal,
) => AsyncIterableIterator<MessageShape<Desc>, undefined>;

/** Makes what answers the calls that follow a feed. The message of an event is made once for all of them (see `createFeedMessages`). */
export function watchFeed<T, Desc extends DescMessage>({
  schema,
  eventOf,
}: WatchFeedOptions<T, Desc>): WatchFeed<T, Desc> {
  const messages = createFeedMessages((update: FeedUpdate<T>) => {
    const init: object = { update: update.kind === "event" ? eventOf(update) : positionOf(update) };
    // That a schema has such a oneof is for the doc of the options to say: the type of a descriptor does not tell.
    return create(schema, init as MessageInitShape<Desc>);
  });
  return (feed, request, signal) => messages(() => feed.follow(feedStart(request), signal));
}

function positionOf(position: FeedPosition) {
  return { case: "position", value: positionMessage(position) };
}

/** Where a feed stands, as a `triptych.live.v1.StreamPosition`. */
export function positionMessage({ sequence, oldestSequence, logId }: FeedPosition) {
  return { sequence: BigInt(sequence), oldestSequence: BigInt(oldestSequence), logId };
}
