import type { LiveStreamResult } from "@triptych/rpc-web/react";
import { createContext, useContext } from "react";
import type { FollowedModel } from "./followed-model.ts";

/** The model that ranks the books, for every part of the page that tells of it. */
export const ModelContext = createContext<LiveStreamResult<FollowedModel> | undefined>(undefined);

/**
 * The model that ranks the books.
 * @throws Error outside a `ModelContext`.
 */
export function useFollowedModel(): LiveStreamResult<FollowedModel> {
  const model = useContext(ModelContext);
  if (model === undefined) throw new Error("useFollowedModel needs a ModelContext");
  return model;
}
