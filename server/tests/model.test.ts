import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import {
  DataSource,
  type Model,
  RankedBy,
  RecommendationService,
  TrainingPhase,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { modelServed } from "../src/testing/model-served.ts";
import { useServer } from "../src/testing/use-server.ts";
import { TRAINING_POLICY } from "../src/training/training-policy.ts";
import { itEndsWithItsClient } from "./leaving-calls.ts";

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const foundation = 30;
const ariel = 328;
const fans = 40;
// Servers start several times here, and calls come before trainings: on a busy machine that takes its time.
const timeout = { timeout: 120_000 };
/** What the fans of the test give: a like of each of two books. */
const likes = 2 * fans;

const clientOf = (baseUrl: string) => createClient(RecommendationService, createTransport("grpc", baseUrl));

const rate = (baseUrl: string, userId: number, bookId: number, stars = 5) =>
  clientOf(baseUrl).rateBook({ userId, bookId, change: { case: "stars", value: stars } });

/** Trains when all fans have given their likes, however long that takes, and then at once. */
const trainingPolicy = {
  ...TRAINING_POLICY,
  pauseMs: 0,
  enoughChanges: () => likes,
  restMs: () => Number.POSITIVE_INFINITY,
};

describe("a server with nothing but its own books", timeout, () => {
  const server = useServer({}, { trainingPolicy });
  const client = () => clientOf(server.baseUrl);

  it("serves a model of sample readers, labelled as such, and tells how good it is", async () => {
    const model = await modelServed(server.baseUrl);
    expect(model).toMatchObject({ version: 1n, failure: "", changesSince: 0n });
    expect(model.data).toMatchObject({ source: DataSource.BUILT_IN, books: 338, readers: 600, sampleReaders: 600 });
    expect(model.evaluation?.method).toBe("one like of each reader held out; all readers are generated sample readers");
    expect(model.evaluation?.models.map(({ name, served }) => [name, served])).toEqual([
      ["local ridge", true],
      ["item kNN", false],
      ["most popular", false],
      ["random", false],
    ]);
    expect((await client().getModel({})).model).toEqual(model);
  });

  it("tells readers without ratings that books are popular, and of others which model ranked them", async () => {
    await modelServed(server.baseUrl);
    const strangers = await client().recommend({ userId: 1 });
    expect(strangers.ranking).toMatchObject({ by: RankedBy.POPULARITY, modelVersion: 1n });
    expect(new Set(strangers.recommendations.map(({ reason }) => reason?.summary))).toEqual(
      new Set(["Popular with the sample readers"]),
    );
    await rate(server.baseUrl, 2, foundation);
    const { ranking, recommendations } = await client().recommend({ userId: 2, maxResults: 1 });
    expect(ranking).toMatchObject({ by: RankedBy.MODEL, modelVersion: 1n });
    expect(recommendations).toMatchObject([{ reason: { influences: [{ bookId: foundation }] } }]);
  });

  it("learns from what readers like, and sends open streams the list of the new model", async () => {
    await rate(server.baseUrl, 3, foundation);
    await using page = openStream((options) => client().watchRecommendations({ userId: 3 }, options));
    const idsOf = ({ update }: Awaited<ReturnType<typeof page.next>>) =>
      update.case === "list" ? update.value.recommendations.map(({ book }) => book?.id) : [];
    expect(idsOf(await page.next())).not.toContain(ariel);
    for (let userId = 100; userId < 100 + fans; userId++) {
      await Promise.all([rate(server.baseUrl, userId, foundation), rate(server.baseUrl, userId, ariel)]);
    }
    const [next] = await page.take(1);
    expect(next && idsOf(next)).toContain(ariel);
    expect(next?.update).toMatchObject({ case: "list", value: { ranking: { by: RankedBy.MODEL } } });
    const model = await modelServed(server.baseUrl, ({ version, training }) => version > 1n && !training);
    expect(model.data?.readers).toBeGreaterThanOrEqual(600 + fans);
    expect(model.data?.sampleReaders).toBe(600);
  });

  it("counts the likes that were given and taken back since", async () => {
    const before = await modelServed(server.baseUrl, ({ training }) => !training);
    await rate(server.baseUrl, 4, foundation, 4);
    await rate(server.baseUrl, 4, foundation, 5);
    await rate(server.baseUrl, 4, foundation, 1);
    const isCounted = ({ changesSince }: Model) => changesSince === before.changesSince + 2n;
    expect(await modelServed(server.baseUrl, isCounted)).toMatchObject({ version: before.version });
  });

  it("solves again what a like changes, without another training, and says for how many books", async () => {
    const before = await modelServed(server.baseUrl, ({ training }) => !training);
    await rate(server.baseUrl, 5, foundation);
    await rate(server.baseUrl, 5, ariel);
    const isUpdated = ({ booksUpdated }: Model) => booksUpdated >= before.booksUpdated + 1 && booksUpdated >= 2;
    const { version, updatedAt } = await modelServed(server.baseUrl, isUpdated);
    expect(version).toBe(before.version);
    expect(updatedAt).toBeDefined();
  });

  describe.each(CALL_STYLES)("WatchModel over %s", (style) => {
    itEndsWithItsClient({
      server,
      style,
      method: `${RecommendationService.typeName}/WatchModel`,
      open: (options) =>
        createClient(RecommendationService, createTransport(style, server.baseUrl)).watchModel({}, options),
    });
  });
});

describe("a server that is killed", timeout, () => {
  let directory: string;
  let port: number;
  let server: ServerProcess;

  const start = async () => {
    server = await startServerProcess(port, directory);
  };
  const kill = () => server.kill("SIGKILL");

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), "triptych-"));
    port = await freePort();
    await start();
  });

  afterEach(async () => {
    await kill();
    await rm(directory, { recursive: true });
  });

  it("serves the same model at once when it starts again, and counts what came after it", async () => {
    const before = await modelServed(server.baseUrl);
    await rate(server.baseUrl, 1, foundation);
    await kill();
    await start();
    const { model } = await clientOf(server.baseUrl).getModel({});
    expect(model).toMatchObject({
      version: before.version,
      trainedAt: before.trainedAt,
      evaluation: before.evaluation,
    });
    // Where the restart took long, the model has rested long enough and the next one learns of the change.
    const isCounted = ({ version, changesSince }: Model) => changesSince === 1n || version > before.version;
    const { version, changesSince } = await modelServed(server.baseUrl, isCounted);
    expect(version - before.version + changesSince).toBe(1n);
  });

  it.each([TrainingPhase.READING, TrainingPhase.COUNTING, TrainingPhase.SOLVING, TrainingPhase.EVALUATING])(
    "once a training has come to phase %i keeps every rating and comes back with a usable model",
    async (phase) => {
      const reached = ({ version, training }: Model) => (training ? training.phase >= phase : version > 0n);
      await Promise.all([
        modelServed(server.baseUrl, reached),
        ...[1, 2, 3].map((userId) => rate(server.baseUrl, userId, foundation)),
      ]);
      await kill();
      await start();
      const { model } = await clientOf(server.baseUrl).getModel({});
      expect(model).toBeDefined();
      const { recommendations } = await clientOf(server.baseUrl).recommend({ userId: 1 });
      expect(recommendations).toHaveLength(10);
      for (const userId of [1, 2, 3]) {
        const { ratings } = await clientOf(server.baseUrl).listRatings({ userId });
        expect(ratings).toMatchObject([{ book: { id: foundation }, stars: 5 }]);
      }
      const trained = await modelServed(server.baseUrl);
      expect(trained.data?.readers).toBeGreaterThanOrEqual(600);
      expect(trained.evaluation?.models).toHaveLength(4);
    },
  );

  it("trains anew where the stored model is cut short or overwritten", async () => {
    await modelServed(server.baseUrl);
    await kill();
    const path = join(directory, "model.bin");
    await truncate(path, (await readFile(path)).length - 1_000);
    await start();
    expect((await modelServed(server.baseUrl)).data?.sampleReaders).toBe(600);
    await kill();
    await writeFile(path, "not a model at all");
    await start();
    expect((await clientOf(server.baseUrl).recommend({ userId: 1 })).recommendations).toHaveLength(10);
    expect((await modelServed(server.baseUrl)).data?.sampleReaders).toBe(600);
  });
});
