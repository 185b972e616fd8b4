import {
  RecommendationService,
  type WatchRecommendationsResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { LiveStreamResult } from "@triptych/rpc-web/react";
import { useState } from "react";
import { useLiveStream } from "../../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { allBooks, type ListOptions } from "./list-options.ts";
import { type NotForMe, useNotForMe } from "./not-for-me.ts";
import { noRankedList, type RankedList, rankList } from "./ranked-list.ts";

/** A reader's recommendations, live. */
export interface Recommendations extends LiveStreamResult<RankedList> {
  readonly options: ListOptions;
  readonly setOptions: (options: ListOptions) => void;
  readonly notForMe: NotForMe;
}

const maxResults = 10;

/** Follows the recommendations of a reader. Other options start another list; the one before stays until that has come. */
export function useRecommendations(userId: number): Recommendations {
  const client = useServiceClient(RecommendationService);
  const [options, setOptions] = useState(allBooks);
  const notForMe = useNotForMe(userId);
  const { categories, minYear, hideRated, shown } = options;
  const request = {
    categories: [...categories],
    ...(minYear !== undefined && { minYear }),
    excludeRated: hideRated,
    shownBookIds: [...shown],
    excludedBookIds: [...notForMe.bookIds],
  };
  const live = useLiveStream<WatchRecommendationsResponse, RankedList>({
    streamKey: `recommendations of ${userId} by ${JSON.stringify(request)}`,
    open: (signal) =>
      client.watchRecommendations({ ...request, userId, maxResults, diverse: true, compare: true }, { signal }),
    initial: noRankedList,
    reduce: rankList,
  });
  const [last, setLast] = useState(live.data);
  if (live.data.recommendations !== undefined && live.data !== last) setLast(live.data);
  const waits = live.data.recommendations === undefined && live.state.kind !== "failed";
  return { ...live, data: waits ? last : live.data, options, setOptions, notForMe };
}
