import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  WatchRecommendationsRequest,
  WatchRecommendationsResponseSchema,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { ReaderUpdate } from "./domain/rating-store.ts";
import { type RecommendationSources, recommendFor } from "./domain/recommend-for.ts";
import type { Recommendation } from "./domain/recommender.ts";
import { recommendationMessage } from "./messages.ts";
import { parseOrder } from "./recommend.ts";

type Response = MessageInitShape<typeof WatchRecommendationsResponseSchema>;

/**
 * Answers WatchRecommendations. A rating of the reader brings a new list at once; the heartbeat of a quiet stream brings one
 * instead of a position when what other readers rated has put other books on it or in another order. A client that
 * reads slowly skips to the newest list.
 */
export async function* watchRecommendations(
  sources: RecommendationSources,
  request: WatchRecommendationsRequest,
  signal: AbortSignal,
): AsyncGenerator<Response> {
  const { ratings, recommender } = sources;
  const order = parseOrder(request);
  if (order.category !== "") sources.catalogue.requireCategory(order.category);
  let revision: number | undefined;
  let sent: string | undefined;

  for await (const update of ratings.followReader(order.userId, signal)) {
    if (update.kind === "position" && revision === recommender.revision) {
      yield positionResponse(update);
      continue;
    }
    // Before the list is made: what is learned meanwhile must lead to a look at the next heartbeat.
    revision = recommender.revision;
    const list = await recommendFor(sources, order);
    const books = list.map(({ book }) => book.id).join();
    if (update.kind === "position" && books === sent) {
      yield positionResponse(update);
      continue;
    }
    sent = books;
    yield listResponse(update, list);
  }
}

function positionResponse(update: ReaderUpdate & { readonly kind: "position" }): Response {
  const position = { sequence: BigInt(update.sequence), oldestSequence: BigInt(update.oldestSequence) };
  return { update: { case: "position", value: position } };
}

// A list that a rating of the reader did not lead to names no book: the first one, and those that other readers changed.
function listResponse(update: ReaderUpdate, list: readonly Recommendation[]): Response {
  const changed = update.kind === "changed" ? { changedBookId: update.bookId } : {};
  const value = { recommendations: list.map(recommendationMessage), sequence: BigInt(update.sequence), ...changed };
  return { update: { case: "list", value } };
}
