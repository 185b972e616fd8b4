import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod, createConnectQueryKey } from "@connectrpc/connect-query";
import { type Rating, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

// The catalogue bounds how many ratings a reader has; this bounds what a server that never ends could make of it.
const mostPages = 100;
const pageSize = 100;

/** The query for all ratings of a reader, the latest first, read page by page. */
export function readerRatingsQuery(transport: Transport, userId: number) {
  const schema = RecommendationService.method.listRatings;
  return {
    // Not the call's own key: what is kept here is not one answer.
    queryKey: [
      "all",
      ...createConnectQueryKey({ schema, transport, input: { userId }, cardinality: "finite" }),
    ] as const,
    async queryFn({ signal }: { readonly signal: AbortSignal }): Promise<readonly Rating[]> {
      const ratings: Rating[] = [];
      let pageToken = "";
      for (let page = 0; page < mostPages; page++) {
        const answer = await callUnaryMethod(transport, schema, { userId, pageSize, pageToken }, { signal });
        ratings.push(...answer.ratings);
        pageToken = answer.nextPageToken;
        if (pageToken === "") break;
      }
      return ratings;
    },
  };
}
