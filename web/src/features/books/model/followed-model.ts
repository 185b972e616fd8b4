import type { Model, WatchModelResponse } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** The model as it has been seen. */
export interface FollowedModel {
  /** As it is; undefined until it is known. */
  readonly model: Model | undefined;
  /** The version that took the place of another while one looked; undefined for none. */
  readonly renewed: bigint | undefined;
}

/** Before anything is known of the model. */
export const unknownModel: FollowedModel = { model: undefined, renewed: undefined };

/** What is known after the messages of one frame. A heartbeat that says the same again changes nothing. */
export function followModel(known: FollowedModel, messages: readonly WatchModelResponse[]): FollowedModel {
  const model = messages.at(-1)?.model;
  if (model === undefined) return known;
  const before = known.model?.version;
  const renewed = before !== undefined && model.version > before ? model.version : known.renewed;
  return { model, renewed };
}
