import {
  RecommendationService,
  type WatchRecommendationsResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { LiveStreamResult } from "@triptych/rpc-web/react";
import { useState } from "react";
import { useLiveStream } from "../../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { noRankedList, type RankedList, rankList } from "./ranked-list.ts";

/** A reader's recommendations, live. */
export interface Recommendations extends LiveStreamResult<RankedList> {
  /** The id of the category they are of; empty for all. */
  readonly category: string;
  readonly setCategory: (category: string) => void;
}

const maxResults = 10;

/** Follows the recommendations of a reader. Another reader or category starts a new list. */
export function useRecommendations(userId: number): Recommendations {
  const client = useServiceClient(RecommendationService);
  const [category, setCategory] = useState("");
  const live = useLiveStream<WatchRecommendationsResponse, RankedList>({
    streamKey: `recommendations of ${userId} in ${category}`,
    open: (signal) => client.watchRecommendations({ userId, category, maxResults, diverse: true }, { signal }),
    initial: noRankedList,
    reduce: rankList,
  });
  return { ...live, category, setCategory };
}
