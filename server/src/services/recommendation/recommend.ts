import type { MessageInitShape } from "@bufbuild/protobuf";
import type {
  RecommendRequest,
  RecommendResponseSchema,
  WatchRecommendationsRequest,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createViolations } from "../../domain/violations.ts";
import {
  noteShown,
  type RecommendationOrder,
  type RecommendationSources,
  recommendFor,
} from "./domain/recommend-for.ts";
import { notAnId, notASize } from "./domain/validate.ts";
import { rankingMessage, recommendationMessage } from "./messages.ts";
import { parseFilter } from "./parse-filter.ts";

const defaultLimit = 10;

/** Answers Recommend. */
export async function recommend(
  sources: RecommendationSources,
  request: RecommendRequest,
): Promise<MessageInitShape<typeof RecommendResponseSchema>> {
  const order = parseOrder(request);
  const list = await recommendFor(sources, order);
  noteShown(sources, order.userId, list);
  return { recommendations: list.recommendations.map(recommendationMessage), ranking: rankingMessage(list) };
}

/** For whom to recommend what; InvalidInput names the fields that are out of their range. */
export function parseOrder(request: RecommendRequest | WatchRecommendationsRequest): RecommendationOrder {
  const { userId, category, maxResults, diverse, compare } = request;
  const violations = createViolations();
  violations.addAll(notAnId("user_id", userId), notASize("max_results", maxResults));
  const filter = parseFilter(request, violations);
  violations.throwIfAny();
  return { userId, category, limit: maxResults || defaultLimit, diverse, filter, compare };
}
