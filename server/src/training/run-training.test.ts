import { getEventListeners } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readModelFile } from "./model-file.ts";
import { runTraining } from "./run-training.ts";
import type { TrainingMessage, TrainingOrder } from "./training-messages.ts";

let order: TrainingOrder;

beforeEach(async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "triptych-"));
  order = { dataDir, version: 5, library: undefined, evaluation: undefined, evaluationAttempts: 0 };
});

afterEach(() => rm(order.dataDir, { recursive: true }));

const never = new AbortController().signal;

it("a training in its thread hands over the model that it stores", async () => {
  const messages: TrainingMessage[] = [];
  await runTraining(order, (message) => messages.push(message), never);
  const model = messages.flatMap((message) => (message.kind === "model" ? [message.model] : []))[0];
  const record = messages.flatMap((message) => (message.kind === "evaluation" ? [message.record] : []))[0];
  expect(model?.version).toBe(5);
  expect(await readModelFile(order.dataDir)).toEqual({ ...model, evaluation: record, evaluationAttempts: 0 });
});

it("a training that has ended listens to its signal no more", async () => {
  const { signal } = new AbortController();
  await runTraining(order, () => undefined, signal);
  expect(getEventListeners(signal, "abort")).toEqual([]);
});

it("a training that fails in its thread rejects with what it failed with", async () => {
  const failing = runTraining({ ...order, library: "missing" }, () => undefined, never);
  await expect(failing).rejects.toThrow("the library has been replaced");
});

it("a training ends at once when it is told to, and tells nothing after that", async () => {
  const stop = new AbortController();
  const told: string[] = [];
  const running = runTraining(
    order,
    ({ kind }) => {
      told.push(kind);
      stop.abort(new Error("stopping"));
    },
    stop.signal,
  );
  await expect(running).rejects.toThrow("stopping");
  expect(told).toEqual(["progress"]);
  await expect(runTraining(order, () => undefined, stop.signal)).rejects.toThrow("stopping");
});
