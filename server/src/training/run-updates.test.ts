import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openStore } from "../storage/sqlite/store.ts";
import type { Store } from "../storage/store.ts";
import { readModelFile } from "./model-file.ts";
import { runTraining } from "./run-training.ts";
import { runUpdates } from "./run-updates.ts";
import type { TrainedModel } from "./trained-model.ts";
import type { UpdateMessage } from "./update-messages.ts";

const order = { library: undefined, evaluation: undefined, evaluationAttempts: 0 };
const stopped = new Error("stopped");
let dataDir: string;
let store: Store;
let stop: AbortController;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "triptych-"));
  stop = new AbortController();
  store = await openStore({
    directory: dataDir,
    library: { current: undefined },
    heartbeatMs: 1_000,
    now: () => new Date(0),
    logger: pino({ level: "silent" }),
  });
});

afterEach(async () => {
  await store.close();
  await rm(dataDir, { recursive: true });
});

const rate = (userId: number, bookId: number, stars: number) => store.ratings.change({ userId, bookId, stars });

/** Trains and stores, which is all that is waited for: nothing is measured. */
async function train(version: number): Promise<TrainedModel> {
  const done = new AbortController();
  const running = runTraining(
    { ...order, dataDir, version },
    ({ kind }) => kind === "model" && done.abort(),
    done.signal,
  );
  await expect(running).rejects.toThrow();
  const model = await readModelFile(dataDir);
  if (model === undefined) throw new Error("the model is not stored");
  return model;
}

function update(version: number) {
  let told = Promise.withResolvers<UpdateMessage>();
  const running = runUpdates(
    { dataDir, version, library: undefined },
    (message) => {
      told.resolve(message);
      told = Promise.withResolvers();
    },
    stop.signal,
  );
  return { ...running, next: () => told.promise };
}

it("a model in its thread is brought up to date with the likes that came after it, and with those that come on", async () => {
  await rate(1, 3, 5);
  const { model } = await train(1);
  const bookLikes = (id: number, { bookLikes: likes, bookIds } = model) => likes[bookIds.indexOf(id)] ?? 0;
  await rate(1, 4, 5);
  await rate(1, 3, 1);
  const { next, look, ended } = update(1);
  const first = await next();
  expect(first.solved).toBe(2);
  expect([bookLikes(3, first.model), bookLikes(4, first.model)]).toEqual([bookLikes(3) - 1, bookLikes(4) + 1]);
  await rate(2, 5, 4);
  const second = next();
  look();
  expect((await second).solved).toBe(3);
  stop.abort(stopped);
  await expect(ended).rejects.toBe(stopped);
});

it("a model that is not the one that is stored is not brought up to date", async () => {
  await train(1);
  await expect(update(2).ended).rejects.toThrow("model 2 is not the one that is stored");
});
