import { createClient } from "@connectrpc/connect";
import { type Model, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";

/** Resolves with the state of the model once that is as asked for: at first with one that is served while no training is under way. */
export async function modelServed(
  baseUrl: string,
  is: (model: Model) => boolean = ({ version, training }) => version > 0n && training === undefined,
): Promise<Model> {
  const client = createClient(RecommendationService, createTransport("grpc", baseUrl));
  const left = new AbortController();
  try {
    for await (const { model } of client.watchModel({}, { signal: left.signal })) {
      if (model !== undefined && is(model)) return model;
    }
    throw new Error("the stream has ended");
  } finally {
    left.abort();
  }
}
