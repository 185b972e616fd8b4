import type { MessageInitShape } from "@bufbuild/protobuf";
import type { WatchModelResponseSchema } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { ModelStates } from "./domain/model-state.ts";
import type { RankingComparisonStore } from "./domain/ranking-comparison.ts";
import { modelMessage } from "./model-message.ts";

/** What is followed. */
export interface WatchModelSources {
  readonly models: ModelStates;
  readonly comparison?: Pick<RankingComparisonStore, "counts"> | undefined;
}

/** Answers WatchModel. */
export async function* watchModel(
  { models, comparison }: WatchModelSources,
  signal: AbortSignal,
): AsyncGenerator<MessageInitShape<typeof WatchModelResponseSchema>> {
  for await (const state of models.follow(signal)) yield { model: modelMessage(state, comparison) };
}
