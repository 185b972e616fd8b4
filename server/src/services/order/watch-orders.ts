import { create, type MessageInitShape } from "@bufbuild/protobuf";
import {
  type WatchOrdersRequest,
  type WatchOrdersResponse,
  WatchOrdersResponseSchema,
} from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { InvalidInput } from "../../domain/errors.ts";
import type { FeedStart, FeedUpdate, ReadableFeed } from "../../domain/feed.ts";
import { createFeedMessages } from "../../domain/feed-messages.ts";
import type { Order } from "./domain/order.ts";
import { orderMessage } from "./order-message.ts";

/** Follows the feed of orders from where the client asks, until the signal is aborted. */
export function watchOrders(
  feed: ReadableFeed<Order>,
  request: WatchOrdersRequest,
  signal: AbortSignal,
): AsyncIterableIterator<WatchOrdersResponse, undefined> {
  return messages(() => feed.follow(feedStart(request), signal));
}

const messages = createFeedMessages((update: FeedUpdate<Order>) =>
  create(WatchOrdersResponseSchema, { update: updateOf(update) }),
);

function feedStart({ afterSequence, recent }: WatchOrdersRequest): FeedStart {
  if (afterSequence === undefined) return { recent };
  if (afterSequence < 0n || afterSequence > Number.MAX_SAFE_INTEGER) {
    const description = `must be 0 to the number of the latest order: got ${afterSequence}`;
    throw new InvalidInput({ field: "after_sequence", description });
  }
  return { afterSequence: Number(afterSequence) };
}

type UpdateInit = NonNullable<MessageInitShape<typeof WatchOrdersResponseSchema>["update"]>;

function updateOf(update: FeedUpdate<Order>): UpdateInit {
  const sequence = BigInt(update.sequence);
  if (update.kind === "event") return { case: "created", value: { sequence, order: orderMessage(update.event) } };
  return { case: "position", value: { sequence, oldestSequence: BigInt(update.oldestSequence) } };
}
