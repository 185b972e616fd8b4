import { describe, expect, it } from "vitest";
import { builtInCatalogue } from "../services/recommendation/domain/built-in-catalogue.ts";
import { createCatalogue } from "../services/recommendation/domain/catalogue.ts";
import { type ModelState, NO_MODEL } from "../services/recommendation/domain/model-state.ts";
import type { RatingStore } from "../services/recommendation/domain/rating-store.ts";
import { createInMemoryRatingStore } from "../services/recommendation/testing/in-memory-rating-store.ts";
import { createHub } from "../storage/live/hub.ts";
import { createStateFeed } from "../storage/live/state-feed.ts";
import { fingerprintOf } from "./fingerprint.ts";
import { keepModel, type ModelSharing } from "./keep-model.ts";
import { createModelOnDuty } from "./model-on-duty.ts";
import type { RunTraining } from "./run-training.ts";
import type { RunUpdates } from "./run-updates.ts";
import type { EvaluationRecord, TrainedModel } from "./trained-model.ts";
import type { TrainingMessage, TrainingOrder } from "./training-messages.ts";
import type { UpdateMessage, UpdateOrder } from "./update-messages.ts";

const builtIn = builtInCatalogue.books;
const fingerprint = fingerprintOf(builtIn, undefined);
const imported = {
  catalogue: createCatalogue(
    builtIn.map((book) => ({ ...book, id: book.id + 1_000 })),
    {},
  ),
  library: "a library",
};

const record: EvaluationRecord = {
  fingerprint,
  likes: 100,
  evaluation: { time: new Date(5), testReaders: 60, method: "tossed coins", models: [] },
};

function modelOf(order: Pick<TrainingOrder, "version" | "library">, sequence = 0): TrainedModel {
  const books = order.library === undefined ? builtIn : imported.catalogue.books;
  return {
    version: order.version,
    sequence,
    fingerprint: fingerprintOf(builtIn, order.library),
    trainedAt: new Date(9),
    trainingSeconds: 2,
    data: { source: "built-in", books: books.length, readers: 3, sampleReaders: 1, likes: 100 },
    evaluation: record,
    evaluationAttempts: 0,
    model: {
      bookIds: Int32Array.from(books, ({ id }) => id),
      popularity: new Float64Array(books.length),
      bookLikes: new Uint32Array(books.length),
      weights: {
        starts: new Uint32Array(books.length + 1),
        targets: new Uint32Array(),
        weights: new Float32Array(),
      },
      readers: 3,
      likes: 100,
      mostLikes: 2_000,
      order: Uint32Array.from(books.keys()),
    },
  };
}

/** A training that does what a test tells it to. */
interface ToldTraining {
  readonly order: TrainingOrder;
  readonly tell: (message: TrainingMessage) => void;
  readonly end: () => void;
  readonly fail: (error: Error) => void;
  readonly signal: AbortSignal;
}

/** What keeps a model up to date as a test tells it to. */
interface ToldUpdates {
  readonly order: UpdateOrder;
  readonly tell: (message: UpdateMessage) => void;
  readonly fail: (error: Error) => void;
  readonly signal: AbortSignal;
  /** How often it has been told to look. */
  looks: number;
}

interface SetUp {
  readonly stored?: TrainedModel | Error;
  /** What following the ratings fails with after a while. */
  readonly storeError?: Error;
  /** How the model is shared with other servers. */
  readonly sharing?: ModelSharing;
}

/** A keeper whose trainings, time and store are those of the test. */
async function setUp({ stored, storeError, sharing }: SetUp = {}) {
  const store = createInMemoryRatingStore({ clock: () => new Date(0) });
  const states = createStateFeed<ModelState>(NO_MODEL, { hub: createHub(), key: "model", heartbeatMs: 2 ** 30 });
  let served = 0;
  const duty = createModelOnDuty({
    builtIn,
    books: { catalogue: builtInCatalogue, library: undefined },
    states,
    onServed: () => served++,
  });
  const started: ToldTraining[] = [];
  let next = Promise.withResolvers<ToldTraining>();
  const train: RunTraining = (order, tell, signal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => reject(signal.reason));
    const training = { order, tell, end: resolve, fail: reject, signal };
    started.push(training);
    next.resolve(training);
    next = Promise.withResolvers();
    return promise;
  };
  const updates: ToldUpdates[] = [];
  const update: RunUpdates = (order, tell, signal) => {
    const { promise, reject } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => reject(signal.reason));
    const told = { order, tell, fail: reject, signal, looks: 0 };
    updates.push(told);
    return { look: () => void told.looks++, ended: promise };
  };
  const pauses: number[] = [];
  const delays: (() => void)[] = [];
  /** What is waited for now, in milliseconds. */
  const waits = new Set<{ readonly milliseconds: number }>();
  let time = 0;
  let clock = 0;
  const delay = (milliseconds: number, signal: AbortSignal) => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    signal.addEventListener("abort", () => reject(signal.reason));
    pauses.push(milliseconds);
    delays.push(resolve);
    const started = { milliseconds };
    waits.add(started);
    return promise.finally(() => waits.delete(started));
  };
  /** Lets all that is waited for come. */
  const wait = (milliseconds: number) => {
    time += milliseconds;
    for (const resolve of delays.splice(0)) resolve();
  };
  const logged: string[] = [];
  const log = (_: unknown, message?: string) => void logged.push(message ?? "");
  const stop = new AbortController();
  const keep = () =>
    keepModel(
      {
        dataDir: "data",
        duty,
        states,
        changes: storeError ? failingAfterPosition(storeError) : store.changes,
        readStored: async () => {
          if (stored instanceof Error) throw stored;
          return stored;
        },
        train,
        update,
        policy: {
          enoughChanges: () => 2,
          restMs: (trainingMs) => 10 * trainingMs,
          pauseMs: 1_000,
          retryMs: (failures) => failures * 10_000,
        },
        logger: { info: log, warn: log, error: log },
        now: () => new Date(clock + time),
        uptime: () => time,
        delay,
        sharing,
      },
      stop.signal,
    );
  const nextTraining = async () => {
    const { promise } = next;
    return await promise;
  };
  const firstTraining = nextTraining();
  const keeper = await keep();
  const like = async (userId: number) => {
    await store.change({ userId, bookId: 1, stars: 5 });
  };
  const until = async (is: (state: ModelState) => boolean) => {
    for await (const state of states.follow(stop.signal)) if (is(state)) return state;
    throw new Error("the states have ended");
  };
  return {
    keeper,
    duty,
    states,
    started,
    updates,
    firstTraining,
    nextTraining,
    pauses,
    waits,
    wait,
    /** Sets the clock forward, or back. */
    setClock: (milliseconds: number) => {
      clock += milliseconds;
    },
    logged,
    stop,
    like,
    until,
    servedTimes: () => served,
  };
}

function failingAfterPosition(error: Error): RatingStore["changes"] {
  return {
    async *follow() {
      yield { kind: "position", logId: "log", sequence: 0, oldestSequence: 0 };
      throw error;
    },
  };
}

type Kept = Awaited<ReturnType<typeof setUp>>;

async function trainedOnce(): Promise<Kept & { readonly training: ToldTraining }> {
  const kept = await setUp();
  const training = await kept.firstTraining;
  training.tell({ kind: "model", model: modelOf(training.order) });
  return { ...kept, training };
}

describe("keeping a model", () => {
  it("trains at once where none is stored, serves popular books meanwhile, and tells how far it is", async () => {
    const { duty, states, firstTraining, until, servedTimes } = await setUp();
    expect(duty.current.modelVersion).toBe(0);
    const training = await firstTraining;
    expect(training.order).toEqual({
      dataDir: "data",
      version: 1,
      library: undefined,
      evaluation: undefined,
      evaluationAttempts: 0,
    });
    expect(states.current.training).toMatchObject({ phase: "reading", progress: 0 });
    training.tell({ kind: "progress", phase: "solving", progress: 0.4 });
    expect(states.current.training).toEqual({ phase: "solving", progress: 0.4, startedAt: new Date(0) });
    training.tell({ kind: "model", model: modelOf(training.order) });
    expect(duty.current.modelVersion).toBe(1);
    expect(servedTimes()).toBe(1);
    expect(states.current).toMatchObject({ version: 1, trained: { at: new Date(9), seconds: 2 }, failure: "" });
    training.tell({ kind: "progress", phase: "evaluating", progress: 0.6 });
    training.tell({ kind: "evaluation", record });
    training.end();
    expect(await until((state) => state.training === undefined)).toMatchObject({
      version: 1,
      evaluation: record.evaluation,
    });
  });

  it("serves the stored model at once where it fits, and trains no other", async () => {
    const { duty, states, started } = await setUp({
      stored: modelOf({ version: 41, library: undefined }),
    });
    expect(duty.current.modelVersion).toBe(41);
    expect(states.current).toMatchObject({ version: 41, evaluation: record.evaluation, training: undefined });
    expect(started).toEqual([]);
  });

  it("does not serve a stored model of other data, says so, and counts on from its version", async () => {
    const { duty, firstTraining, logged } = await setUp({
      stored: modelOf({ version: 41, library: "another" }),
    });
    const training = await firstTraining;
    expect(training.order).toMatchObject({ version: 42, evaluation: record });
    expect(duty.current.modelVersion).toBe(0);
    expect(logged).toEqual(["the stored model is for other data: training again"]);
  });

  it("trains anew where the stored model cannot be used, and says so", async () => {
    const { firstTraining, logged } = await setUp({ stored: new Error("it is damaged") });
    expect((await firstTraining).order.version).toBe(1);
    expect(logged).toEqual(["the stored model cannot be used: training again"]);
  });

  it("trains again where the server ended before the stored model was measured", async () => {
    const stored = { ...modelOf({ version: 3, library: undefined }), evaluation: undefined };
    const { duty, firstTraining } = await setUp({ stored });
    expect((await firstTraining).order.version).toBe(4);
    expect(duty.current.modelVersion).toBe(3);
  });

  it("does not train again only to measure a model with which the server ended three times", async () => {
    const model = modelOf({ version: 3, library: undefined });
    const ended = { ...model, evaluation: undefined, evaluationAttempts: 3 };
    const { started, like, wait, firstTraining, pauses } = await setUp({ stored: ended });
    await like(1);
    while (!pauses.includes(20_000)) await new Promise(setImmediate);
    expect(started).toEqual([]);
    wait(20_000);
    expect((await firstTraining).order.evaluationAttempts).toBe(3);
  });

  it("counts what changes, and trains again when that is enough and the pause is over", async () => {
    const { training, like, until, wait, nextTraining, pauses } = await trainedOnce();
    training.tell({ kind: "evaluation", record });
    training.end();
    await until((state) => state.training === undefined);
    const second = nextTraining();
    await like(1);
    // The changes are told after a moment, so that many of them are told as one.
    wait(0);
    await like(2);
    while (!pauses.includes(1_000)) await new Promise(setImmediate);
    wait(1_000);
    const { order, tell } = await second;
    expect(order).toMatchObject({ version: 2, evaluation: record });
    wait(0);
    expect(await until((state) => state.changesSince === 2)).toMatchObject({ version: 1 });
    tell({ kind: "model", model: modelOf(order, 2) });
    expect(await until((state) => state.version === 2)).toMatchObject({ changesSince: 0 });
  });

  it("learns few changes too, when it has rested as long as the policy says after serving a model", async () => {
    const { training, like, until, wait, nextTraining, pauses } = await trainedOnce();
    training.tell({ kind: "evaluation", record });
    training.end();
    await until((state) => state.training === undefined);
    const second = nextTraining();
    await like(1);
    // Its training took 2 seconds.
    while (!pauses.includes(20_000)) await new Promise(setImmediate);
    wait(20_000);
    expect((await second).order).toMatchObject({ version: 2 });
  });

  it("has rested while the server was off, so that no restart puts a training off", async () => {
    const stored = { ...modelOf({ version: 3, library: undefined }), trainedAt: new Date(-15_000) };
    const { like, wait, firstTraining, pauses } = await setUp({ stored });
    await like(1);
    while (!pauses.includes(5_000)) await new Promise(setImmediate);
    wait(5_000);
    expect((await firstTraining).order.version).toBe(4);
  });

  it("waits anew for each change while it waits, and no longer for what it waited for before", async () => {
    const { training, like, until, pauses, waits } = await trainedOnce();
    training.end();
    await until((state) => state.training === undefined);
    await like(1);
    for (let times = 1; times <= 3; times++) {
      await like(1 + times);
      while (pauses.filter((milliseconds) => milliseconds === 1_000).length < times) await new Promise(setImmediate);
    }
    expect([...waits].filter(({ milliseconds }) => milliseconds === 1_000)).toHaveLength(1);
  });

  it.each([
    ["back by 40 days", -40 * 86_400_000],
    ["back by a minute", -60_000],
    ["forward by a day", 86_400_000],
  ])("waits as long as it should when the clock is set %s", async (_, milliseconds) => {
    const { training, like, until, wait, setClock, nextTraining, pauses } = await trainedOnce();
    training.tell({ kind: "evaluation", record });
    training.end();
    await until((state) => state.training === undefined);
    setClock(milliseconds);
    const second = nextTraining();
    for (const reader of [1, 2]) {
      await like(reader);
      wait(0);
    }
    while (!pauses.includes(1_000)) await new Promise(setImmediate);
    wait(1_000);
    expect((await second).order).toMatchObject({ version: 2 });
  });

  it("serves on when a training fails, says why, and tries again later each time", async () => {
    const { firstTraining, nextTraining, until, duty, states, pauses, wait, logged } = await setUp();
    const first = await firstTraining;
    first.fail(new Error("out of paper"));
    const failed = await until((state) => state.failure !== "");
    expect(failed).toMatchObject({ failure: "the training failed: out of paper" });
    expect(duty.current.recommender.recommend({ ratings: [], category: "", limit: 3 }).recommendations).toHaveLength(3);
    const again = nextTraining();
    while (pauses.length < 1) await new Promise(setImmediate);
    wait(10_000);
    const second = await again;
    const third = nextTraining();
    second.fail(new Error("out of ink"));
    while (pauses.length < 2) await new Promise(setImmediate);
    expect(pauses).toEqual([10_000, 20_000]);
    wait(20_000);
    const { order, tell } = await third;
    expect(order.version).toBe(1);
    tell({ kind: "model", model: modelOf(order) });
    expect(states.current).toMatchObject({ version: 1, failure: "" });
    expect(logged).toEqual(["a training failed", "a training failed", "serving a new model"]);
  });

  it("keeps a model that could not be measured or stored", async () => {
    const { training, duty, states, logged } = await trainedOnce();
    training.tell({ kind: "not-stored", reason: "disk full" });
    training.tell({ kind: "not-evaluated", reason: "no time" });
    expect(duty.current.modelVersion).toBe(1);
    expect(states.current.failure).toBe("the evaluation failed: no time");
    expect(logged.slice(1)).toEqual(["the model could not be stored", "the model could not be evaluated"]);
  });

  it("serves other books at once, by popularity until there is a model of them, and gives up the training under way", async () => {
    const { training, keeper, duty, states, nextTraining } = await trainedOnce();
    const next = nextTraining();
    keeper.serveBooks(imported);
    expect(training.signal.aborted).toBe(true);
    expect(duty.current).toMatchObject({ catalogue: imported.catalogue, modelVersion: 0 });
    expect(states.current).toMatchObject({ version: 0, trained: undefined, evaluation: record.evaluation });
    const { order, tell } = await next;
    expect(order).toMatchObject({ version: 2, library: "a library" });
    tell({ kind: "model", model: modelOf(order) });
    expect(duty.current).toMatchObject({ catalogue: imported.catalogue, modelVersion: 2 });
    expect(states.current.failure).toBe("");
  });

  it("keeps serving a model that ranks most of the other books until there is one of them", async () => {
    const { keeper, duty, nextTraining } = await trainedOnce();
    const next = nextTraining();
    keeper.serveBooks({ catalogue: createCatalogue(builtIn.slice(5), {}), library: "nearly the same" });
    expect(duty.current.modelVersion).toBe(1);
    expect((await next).order.library).toBe("nearly the same");
  });

  it("serves on when the ratings cannot be read any more, and says so", async () => {
    const { until, duty, logged } = await setUp({ storeError: new Error("disk on fire") });
    const { failure } = await until((state) => state.failure !== "");
    expect(failure).toBe("the model is trained no more: the ratings cannot be read");
    expect(logged).toEqual(["the model is trained no more"]);
    expect(duty.current.recommender.recommend({ ratings: [], category: "", limit: 3 }).recommendations).toHaveLength(3);
  });

  it("ends the training under way when it is told to stop", async () => {
    const { training, keeper, stop } = await trainedOnce();
    stop.abort(new Error("stopping"));
    expect(training.signal.aborted).toBe(true);
    await expect(keeper.stopped).resolves.toBeUndefined();
  });

  it("keeps the model up to date from the first like that changes on, and tells what has become of it", async () => {
    const { training, updates, like, until, duty, states, keeper } = await trainedOnce();
    expect(updates).toEqual([]);
    const { model } = modelOf(training.order);
    const before = duty.current;
    await like(1);
    await like(2);
    while ((updates[0]?.looks ?? 0) < 2) await new Promise(setImmediate);
    expect(updates).toMatchObject([{ order: { dataDir: "data", version: 1, library: undefined } }]);
    expect(states.current.update).toBeUndefined();
    updates[0]?.tell({ model, solved: 7 });
    expect(await until((state) => state.update !== undefined)).toMatchObject({
      version: 1,
      update: { books: 7, at: new Date(0) },
    });
    expect(duty.current).not.toBe(before);
    expect(duty.current.modelVersion).toBe(1);
    // The same books again, by the same model.
    keeper.serveBooks({ catalogue: builtInCatalogue, library: undefined });
    expect(states.current).toMatchObject({ version: 1, update: { books: 7 } });
  });

  it("keeps no longer up to date what another model took the place of, whose own changes are taken in", async () => {
    const { training, updates, like, nextTraining, until, duty, wait, pauses } = await trainedOnce();
    training.end();
    await until((state) => state.training === undefined);
    const second = nextTraining();
    await like(1);
    await like(2);
    while (!pauses.includes(1_000)) await new Promise(setImmediate);
    wait(1_000);
    const { order, tell } = await second;
    await like(3);
    while ((updates[0]?.looks ?? 0) < 3) await new Promise(setImmediate);
    tell({ kind: "model", model: modelOf(order, 2) });
    expect(updates[0]?.signal.aborted).toBe(true);
    expect(updates[1]).toMatchObject({ order: { version: 2 }, looks: 1 });
    const { current } = duty;
    updates[0]?.tell({ model: modelOf(order).model, solved: 1 });
    expect(duty.current).toBe(current);
  });

  it("serves on where the model cannot be kept up to date, and says so once", async () => {
    const { updates, like, logged, states } = await trainedOnce();
    await like(1);
    while (updates.length === 0) await new Promise(setImmediate);
    updates[0]?.fail(new Error("out of memory"));
    await like(2);
    while ((updates[0]?.looks ?? 0) < 2) await new Promise(setImmediate);
    expect(updates).toHaveLength(1);
    expect(logged.slice(1)).toEqual(["the model is not kept up to date until the next is trained"]);
    expect(states.current).toMatchObject({ version: 1, update: undefined, failure: "" });
  });
});

describe("keeping a model that several servers share", () => {
  /** A server that trains, or does not, and what it has handed over. */
  function createSharing(isTrainer: boolean) {
    let published = 0;
    return { isTrainer, publish: () => void published++, count: () => published };
  }

  it("leaves the training to the server that trains, serves what that has trained, and its evaluation", async () => {
    const { keeper, duty, states, started, logged } = await setUp({ sharing: createSharing(false) });
    await new Promise(setImmediate);
    expect(started).toEqual([]);
    const model = modelOf({ version: 4, library: undefined });
    keeper.serveTrained({ ...model, evaluation: undefined });
    expect(duty.current.modelVersion).toBe(4);
    keeper.serveTrained(model);
    expect(states.current).toMatchObject({ version: 4, evaluation: record.evaluation });
    expect(logged).toEqual(["serving the model that another server has trained"]);
  });

  it("keeps a model for books that it has yet to serve until it does", async () => {
    const { keeper, duty } = await setUp({ sharing: createSharing(false) });
    keeper.serveTrained(modelOf({ version: 4, library: "a library" }));
    expect(duty.current.modelVersion).toBe(0);
    keeper.serveBooks(imported);
    expect(duty.current.modelVersion).toBe(4);
  });

  it("serves another model of the same version, which two servers have trained that each held the other for gone", async () => {
    const { keeper, duty, servedTimes } = await setUp({
      stored: modelOf({ version: 4, library: undefined }),
      sharing: createSharing(false),
    });
    const before = servedTimes();
    keeper.serveTrained(modelOf({ version: 4, library: undefined }));
    expect(servedTimes()).toBe(before);
    keeper.serveTrained({ ...modelOf({ version: 4, library: undefined }), trainedAt: new Date(10) });
    expect(duty.model?.trainedAt).toEqual(new Date(10));
  });

  it("trains from when it is the one to do so, above all versions that it knows of, and hands over what it has trained", async () => {
    const sharing = createSharing(false);
    const { keeper, firstTraining } = await setUp({ sharing });
    keeper.serveTrained(modelOf({ version: 4, library: "a library" }));
    sharing.isTrainer = true;
    keeper.roleChanged();
    const training = await firstTraining;
    expect(training.order.version).toBe(5);
    training.tell({ kind: "model", model: modelOf(training.order) });
    expect(sharing.count()).toBe(1);
    training.tell({ kind: "evaluation", record });
    expect(sharing.count()).toBe(2);
  });

  it("hands over nothing that was not stored", async () => {
    const sharing = createSharing(true);
    const { firstTraining } = await setUp({ sharing });
    const training = await firstTraining;
    training.tell({ kind: "not-stored", reason: "disk full" });
    training.tell({ kind: "model", model: modelOf(training.order) });
    expect(sharing.count()).toBe(0);
    training.tell({ kind: "evaluation", record });
    expect(sharing.count()).toBe(1);
  });

  it("gives up its training when it is no longer the one to train", async () => {
    const sharing = createSharing(true);
    const { keeper, firstTraining } = await setUp({ sharing });
    const { signal } = await firstTraining;
    sharing.isTrainer = false;
    keeper.roleChanged();
    expect(signal.aborted).toBe(true);
  });
});
