import { useDocumentVisibility } from "@mantine/hooks";
import {
  RecommendationService,
  type WatchModelResponse,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { type LiveStreamResult, useLiveStream } from "../../../hooks/use-live-stream.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { type FollowedModel, followModel, unknownModel } from "./followed-model.ts";

/**
 * Follows the model that ranks the books, while the page is looked at: over HTTP/1.1 a browser has six connections for all
 * tabs, and one that is not seen should not hold two of them.
 */
export function useModel(): LiveStreamResult<FollowedModel> {
  const client = useServiceClient(RecommendationService);
  const visible = useDocumentVisibility() === "visible";
  return useLiveStream<WatchModelResponse, FollowedModel>({
    streamKey: "the model",
    enabled: visible,
    open: (signal) => client.watchModel({}, { signal }),
    initial: unknownModel,
    reduce: followModel,
  });
}
