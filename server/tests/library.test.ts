import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createClient } from "@connectrpc/connect";
import { BookCategory, Recommendations } from "@triptych/proto/recommendations_pb.ts";
import { DataSource, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { expect, it, onTestFinished, vi } from "vitest";
import { writeSmallFolder } from "../src/importing/testing/small-folder.ts";
import { writeFolder } from "../src/importing/testing/write-folder.ts";

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

const command = fileURLToPath(new URL("../src/import.ts", import.meta.url));

/** Runs the import as `npm run import` does. */
function runImport(folder: string, dataDir: string) {
  return promisify(execFile)(process.execPath, [command, folder], { env: { ...process.env, DATA_DIR: dataDir } });
}

async function startServer(dataDir: string) {
  const server = await startServerProcess(await freePort(), dataDir, { LOG_LEVEL: "error" });
  onTestFinished(async () => void (await server.kill("SIGKILL")));
  const transport = createTransport("grpc", server.baseUrl);
  return {
    server,
    books: createClient(RecommendationService, transport),
    legacy: createClient(Recommendations, transport),
  };
}

type Books = Awaited<ReturnType<typeof startServer>>["books"];

async function waitForImportedModel(books: Books): Promise<void> {
  await using models = openStream((options) => books.watchModel({}, options));
  for (;;) {
    const { model } = await models.next();
    if (model?.data?.source === DataSource.IMPORTED) return;
  }
}

async function ratingsOf(books: Books, userId: number) {
  const { ratings } = await books.listRatings({ userId, pageSize: 100 });
  return new Map(ratings.map(({ book, stars }) => [book?.id, stars]));
}

it("serves what is imported while it runs: books, readers' ratings and a model, to older clients too", async () => {
  const [folder, dataDir] = [await writeSmallFolder({ readers: 300 }), await writeFolder({})];
  const first = await startServer(dataDir);
  const { books, legacy } = first;
  await books.rateBook({ userId: 1, bookId: 104, change: { case: "stars", value: 2 } });
  await expect(books.getBook({ id: 1001 })).rejects.toThrow("book 1001 does not exist");

  const { stdout } = await runImport(folder, dataDir);
  expect(stdout).toContain("imported 7 books");
  await waitForImportedModel(books);
  expect((await books.getBook({ id: 1001 })).book).toMatchObject({ title: "The Hungry Game (Hungry, #1)", year: 2008 });
  expect((await books.getBook({ id: 6 })).book?.title).toBe("The Dune Chronicles");
  const found = await books.listBooks({ query: "anos sol", pageSize: 5 });
  expect(found.books.map(({ id }) => id)).toEqual([1005]);
  expect((await books.listCategories({})).categories.map(({ id }) => id)).toContain("dystopia");

  // Reader 1 keeps what was said in the app, and has what was imported.
  const imported = await ratingsOf(books, 1);
  expect(imported.get(104)).toBe(2);
  const own = [...imported.keys()].filter((id) => id !== undefined && id > 1_000);
  expect(own.length).toBeGreaterThanOrEqual(2);
  const [overridden = 0, withdrawn = 0] = own;
  await books.rateBook({ userId: 1, bookId: overridden, change: { case: "stars", value: 5 } });
  await books.rateBook({ userId: 1, bookId: withdrawn, change: { case: "withdraw", value: true } });
  const expected = new Map(imported).set(overridden, 5);
  expected.delete(withdrawn);
  expect(await ratingsOf(books, 1)).toEqual(expected);

  const { recommendations } = await legacy.recommend({
    userId: 999_999,
    category: BookCategory.SCIENCE_FICTION,
    maxResults: 1_000,
  });
  const titles = new Map(recommendations.map(({ id, title }) => [id, title]));
  expect([titles.get(6), titles.get(1001)]).toEqual(["The Dune Chronicles", "The Hungry Game (Hungry, #1)"]);

  await first.server.kill("SIGKILL");
  const second = await startServer(dataDir);
  expect(await ratingsOf(second.books, 1)).toEqual(expected);
  expect((await second.books.getBook({ id: 1001 })).book?.title).toBe("The Hungry Game (Hungry, #1)");
}, 60_000);

it("tells what is wrong with the command, and leaves the library as it was", async () => {
  const dataDir = await writeFolder({});
  await runImport(await writeSmallFolder({ readers: 10 }), dataDir);
  const bad = await writeSmallFolder({ readers: 10, files: { "ratings.csv": "a,b\n", "tags.csv": "" } });
  await expect(runImport(bad, dataDir)).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining("got no tags.csv in"),
  });
  await expect(runImport("", dataDir)).rejects.toMatchObject({ code: 1 });
  await expect(promisify(execFile)(process.execPath, [command])).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringContaining("usage: npm run import -- DIR"),
  });
  const { books } = await startServer(dataDir);
  expect((await books.getBook({ id: 1001 })).book?.id).toBe(1001);
}, 60_000);
