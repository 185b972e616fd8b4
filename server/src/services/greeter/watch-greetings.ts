import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  Protocol,
  type WatchGreetingsRequest,
  type WatchGreetingsResponse,
  WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { InvalidInput } from "../../domain/errors.ts";
import type { FeedStart, FeedUpdate, ReadableFeed } from "../../domain/feed.ts";
import { createFeedMessages } from "../../domain/feed-messages.ts";
import type { CallProtocol, GreetingMade } from "./domain/greeting-made.ts";

/** Follows the greetings from where the client asks, until the signal is aborted. */
export function watchGreetings(
  greetings: ReadableFeed<GreetingMade>,
  request: WatchGreetingsRequest,
  signal: AbortSignal,
): AsyncIterableIterator<WatchGreetingsResponse, undefined> {
  return messages(() => greetings.follow(feedStart(request), signal));
}

const messages = createFeedMessages((update: FeedUpdate<GreetingMade>) =>
  create(WatchGreetingsResponseSchema, { update: updateOf(update) }),
);

const MAX_RECENT = 1_000;

function feedStart({ afterSequence, recent }: WatchGreetingsRequest): FeedStart {
  if (afterSequence === undefined) {
    if (recent >= 0 && recent <= MAX_RECENT) return { recent };
    throw new InvalidInput({ field: "recent", description: `must be 0 to ${MAX_RECENT}: got ${recent}` });
  }
  if (afterSequence >= 0n && afterSequence <= Number.MAX_SAFE_INTEGER) return { afterSequence: Number(afterSequence) };
  const description = `must be 0 to the number of the latest greeting: got ${afterSequence}`;
  throw new InvalidInput({ field: "after_sequence", description });
}

type UpdateInit = NonNullable<MessageInitShape<typeof WatchGreetingsResponseSchema>["update"]>;

function updateOf(update: FeedUpdate<GreetingMade>): UpdateInit {
  const sequence = BigInt(update.sequence);
  if (update.kind === "position") {
    return { case: "position", value: { sequence, oldestSequence: BigInt(update.oldestSequence) } };
  }
  const { name, language, message, protocol, method } = update.event;
  const time = timestampFromDate(update.time);
  return {
    case: "greeting",
    value: { sequence, name, language, message, protocol: PROTOCOLS[protocol], method, time },
  };
}

const PROTOCOLS: Readonly<Record<CallProtocol, Protocol>> = {
  grpc: Protocol.GRPC,
  "grpc-web": Protocol.GRPC_WEB,
  connect: Protocol.CONNECT,
  unknown: Protocol.UNSPECIFIED,
};
