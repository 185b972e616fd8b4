import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  WatchRecommendationsRequest,
  WatchRecommendationsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { FeedPosition } from "../../domain/feed.ts";
import { positionMessage } from "../watch-feed.ts";
import type { ReaderUpdate } from "./domain/rating-store.ts";
import { noteShown, type RecommendationSources, recommendFor, type ServedList } from "./domain/recommend-for.ts";
import type { Served } from "./domain/serving.ts";
import { rankingMessage, recommendationMessage } from "./messages.ts";
import { parseOrder } from "./recommend.ts";

type Response = MessageInitShape<typeof WatchRecommendationsResponseSchema>;

/**
 * Answers WatchRecommendations. A rating of the reader brings a new list at once; so do another model and other books where they
 * change the list. A client that reads slowly skips to the newest list.
 */
export async function* watchRecommendations(
  sources: RecommendationSources,
  request: WatchRecommendationsRequest,
  signal: AbortSignal,
): AsyncGenerator<Response> {
  const order = parseOrder(request);
  let served: Served | undefined;
  let sent: string | undefined;

  for await (const update of sources.ratings.followReader(order.userId, signal)) {
    if (update.kind === "position" && served === sources.serving.current) {
      yield positionResponse(update);
      continue;
    }
    const list = await recommendFor(sources, order);
    served = list.served;
    const shown = appearance(list);
    if (update.kind === "position" && shown === sent) {
      yield positionResponse(update);
      continue;
    }
    sent = shown;
    noteShown(sources, order.userId, list);
    yield listResponse(update, list);
  }
}

/** What makes a list look different to a reader: its books, their order, and the reasons as far as they are in words. */
function appearance({ recommendations, by }: ServedList): string {
  return JSON.stringify([by, recommendations.map(({ book, reason }) => [book.id, reason.summary])]);
}

function positionResponse(update: FeedPosition): Response {
  return { update: { case: "position", value: positionMessage(update) } };
}

// A list that a rating of the reader did not lead to names no book: the first one, and those of another model.
function listResponse(update: ReaderUpdate, list: ServedList): Response {
  const changed = update.kind === "changed" ? { changedBookId: update.bookId } : {};
  const recommendations = list.recommendations.map(recommendationMessage);
  const value = { recommendations, sequence: BigInt(update.sequence), ranking: rankingMessage(list), ...changed };
  return { update: { case: "list", value } };
}
