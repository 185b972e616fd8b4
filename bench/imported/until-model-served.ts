import { setTimeout as pause } from "node:timers/promises";
import { DataSource } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { RunningServer } from "../servers/server-spec.ts";
import { recommendationClient } from "./recommendation-client.ts";

/** How long a training may take, in milliseconds. */
const LIMIT_MS = 300_000;
const PAUSE_MS = 100;

/** Waits until a server ranks imported books by a model that it trained on them, and trains and evaluates no more. Rejects when that takes too long. */
export async function untilModelServed(server: RunningServer): Promise<void> {
  const client = recommendationClient(server);
  const deadline = performance.now() + LIMIT_MS;
  for (;;) {
    const { model } = await client.getModel({});
    if (model?.data?.source === DataSource.IMPORTED && model.training === undefined && model.evaluation) return;
    if (model?.failure) throw new Error(`the training failed: ${model.failure}`);
    if (performance.now() > deadline) throw new Error("no model of the imported books was served in time");
    await pause(PAUSE_MS);
  }
}
