import type { Registry } from "prom-client";
import type { ModelState } from "../services/recommendation/domain/model-state.ts";
import { registerFamily } from "./family.ts";

/** Shows the model of the recommender. Before the first one is ready its times are left out. */
export function showModel(registry: Registry, read: () => ModelState): void {
  const gauge = (name: string, help: string, figureOf: (state: ModelState) => number | undefined) =>
    registerFamily(registry, { name, help, type: "gauge" }, () => {
      const value = figureOf(read());
      return value === undefined ? [] : [{ labels: {}, value }];
    });
  gauge(
    "model_version",
    "Counts the models that were served, from 1; 0 while none is ready.",
    ({ version }) => version,
  );
  gauge("model_training_running", "1 while a model is trained, else 0.", ({ training }) =>
    training === undefined ? 0 : 1,
  );
  gauge("model_trained_timestamp_seconds", "When the training of the served model ended.", ({ trained }) =>
    trained === undefined ? undefined : trained.at.getTime() / 1_000,
  );
  gauge("model_training_seconds", "How long the training of the served model took.", ({ trained }) => trained?.seconds);
  gauge(
    "model_changed_likes",
    "Likes given or taken back since the data of the served model were read.",
    (state) => state.changesSince,
  );
  gauge("model_failed", "1 when the latest training or evaluation failed, else 0.", ({ failure }) =>
    failure === "" ? 0 : 1,
  );
}
