import {
  RecommendationService,
  type WatchModelResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { LiveStreamResult } from "@triptych/rpc-web/react";
import { useLiveStream } from "../../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { type FollowedModel, followModel, unknownModel } from "./followed-model.ts";

/** Follows the model that ranks the books. */
export function useModel(): LiveStreamResult<FollowedModel> {
  const client = useServiceClient(RecommendationService);
  return useLiveStream<WatchModelResponse, FollowedModel>({
    streamKey: "the model",
    open: (signal) => client.watchModel({}, { signal }),
    initial: unknownModel,
    reduce: followModel,
  });
}
