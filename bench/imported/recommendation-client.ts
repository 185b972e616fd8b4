import { type Client, createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { RunningServer } from "../servers/server-spec.ts";

/** A client for what has to be done before anything is measured. */
export function recommendationClient({ port }: RunningServer): Client<typeof RecommendationService> {
  return createClient(RecommendationService, createGrpcTransport({ baseUrl: `http://127.0.0.1:${port}` }));
}
