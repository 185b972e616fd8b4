import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { afterEach, beforeEach, expect, it } from "vitest";
import { builtInCatalogue } from "../services/recommendation/domain/built-in-catalogue.ts";
import type { LikedPairs } from "../services/recommendation/domain/model/interactions.ts";
import { createSampleReaders } from "../services/recommendation/domain/sample-readers.ts";
import { openStore } from "../storage/sqlite/store.ts";
import { decodeModel } from "./encode-model.ts";
import { trainAndEvaluate } from "./train-and-evaluate.ts";
import type { EvaluationRecord } from "./trained-model.ts";
import type { TrainingMessage, TrainingOrder } from "./training-messages.ts";

let dataDir: string;

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), "triptych-"));
});

afterEach(() => rm(dataDir, { recursive: true }));

async function rate(...ratings: readonly (readonly [userId: number, bookId: number, stars: number])[]): Promise<void> {
  const now = () => new Date(0);
  const store = await openStore({
    directory: dataDir,
    library: { current: undefined },
    heartbeatMs: 1_000,
    now,
    logger: pino({ level: "silent" }),
  });
  for (const [userId, bookId, stars] of ratings) await store.ratings.change({ userId, bookId, stars });
  await store.close();
}

interface Training {
  readonly order?: Partial<TrainingOrder>;
  readonly samples?: () => LikedPairs;
  readonly store?: (bytes: Uint8Array) => void;
}

function train({ order = {}, samples, store }: Training = {}) {
  const messages: TrainingMessage[] = [];
  const files: Uint8Array[] = [];
  trainAndEvaluate(
    { dataDir, version: 3, library: undefined, evaluation: undefined, evaluationAttempts: 0, ...order },
    {
      builtIn: builtInCatalogue.books,
      createSampleReaders: samples ?? createSampleReaders,
      tell: (message) => void messages.push(message),
      store: store ?? ((bytes) => void files.push(bytes)),
      now: () => new Date(1_000),
      uptime: () => 0,
    },
  );
  const found = messages.find(({ kind }) => kind === "model");
  const model = found?.kind === "model" ? found.model : undefined;
  const kinds = messages.map(({ kind }) => kind).filter((kind, index, all) => kind !== all[index - 1]);
  return { messages, kinds, model, stored: files.map((bytes) => decodeModel(bytes)) };
}

it("a training tells how far it is, hands the stored model over, then measures it and stores that too", () => {
  const { messages, kinds, model, stored } = train();
  expect(kinds).toEqual(["progress", "model", "progress", "evaluation"]);
  const progress = messages.flatMap((message) => (message.kind === "progress" ? [message] : []));
  expect(new Set(progress.map(({ phase }) => phase))).toEqual(
    new Set(["reading", "counting", "solving", "evaluating"]),
  );
  expect(progress.map((step) => step.progress)).toEqual(
    progress.map((step) => step.progress).toSorted((a, b) => a - b),
  );
  expect(model).toMatchObject({ version: 3, sequence: 0, evaluation: undefined, evaluationAttempts: 1 });
  expect(model?.data).toMatchObject({ source: "built-in", books: 338, readers: 600, sampleReaders: 600 });
  const evaluation = messages.flatMap((message) => (message.kind === "evaluation" ? [message.record] : []))[0];
  expect(stored).toEqual([model, { ...model, evaluation, evaluationAttempts: 0 }]);
  expect(evaluation?.evaluation).toMatchObject({
    method: "one like of each reader held out; all readers are generated sample readers",
    models: [{ name: "local ridge", served: true }, { name: "item kNN" }, { name: "most popular" }, { name: "random" }],
  });
});

it("readers of the app count beside the sample readers, by what they like", async () => {
  await rate([7, 1, 5], [7, 2, 1], [8, 3, 3]);
  const before = train({ samples: () => ({ readers: [], books: [] }) });
  expect(before.model).toMatchObject({ sequence: 3, data: { readers: 1, sampleReaders: 0, likes: 1 } });
  expect(train().model?.data).toMatchObject({ readers: 601, sampleReaders: 600 });
});

it("the same likes give the same model, to the last byte", async () => {
  await rate([7, 1, 5], [8, 1, 4]);
  expect(train().stored).toEqual(train().stored);
});

it("an evaluation of nearly the same data is not made again, and stays with the model", () => {
  const evaluation = train().stored[1]?.evaluation as EvaluationRecord;
  const again = train({ order: { evaluation } });
  expect(again.kinds).toEqual(["progress", "model"]);
  expect(again.stored).toMatchObject([{ evaluation }]);
  const fewer: EvaluationRecord = { ...evaluation, likes: Math.floor(evaluation.likes * 0.9) };
  expect(train({ order: { evaluation: fewer } }).kinds).toContain("evaluation");
});

it("an evaluation is not begun again after three that came to no end, and the model says how many there were", () => {
  const { kinds, messages, stored } = train({ order: { evaluationAttempts: 3 } });
  expect(kinds).toEqual(["progress", "model", "not-evaluated"]);
  expect(messages.at(-1)).toMatchObject({ reason: "3 evaluations of these data came to no end" });
  expect(stored).toMatchObject([{ evaluation: undefined, evaluationAttempts: 3 }]);
  expect(train({ order: { evaluationAttempts: 2 } }).stored).toMatchObject([
    { evaluationAttempts: 3 },
    { evaluationAttempts: 0 },
  ]);
});

it("too few readers to measure anything are told as such", () => {
  const { messages } = train({ samples: () => ({ readers: [1, 1, 1, 1, 1], books: [1, 2, 3, 4, 5] }) });
  expect(messages.at(-1)).toMatchObject({
    record: { evaluation: { models: [], method: "not measured: 1 readers like 5 books or more, and it takes 50" } },
  });
});

it("a model that cannot be stored is handed over all the same", () => {
  const { kinds } = train({
    store: () => {
      throw new Error("disk full");
    },
  });
  expect(kinds).toEqual(["progress", "not-stored", "model", "progress", "not-stored", "evaluation"]);
});

it("a library that is not the one that was meant fails the training", () => {
  expect(() => train({ order: { library: "another" } })).toThrow("the library has been replaced");
});
