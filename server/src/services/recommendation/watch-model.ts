import type { MessageInitShape } from "@bufbuild/protobuf";
import type { WatchModelResponseSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { ModelStates } from "./domain/model-state.ts";
import { modelMessage } from "./model-message.ts";

/** Answers WatchModel. */
export async function* watchModel(
  models: ModelStates,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchModelResponseSchema>> {
  for await (const state of models.follow(signal)) yield { model: modelMessage(state) };
}
