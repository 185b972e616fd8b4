import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { ConnectError, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { DataSource, RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { writeSmallFolder } from "../src/importing/testing/small-folder.ts";
import { writeFolder } from "../src/importing/testing/write-folder.ts";
import { noPostgres, usePostgres } from "../src/storage/postgres/testing/use-postgres.ts";

const postgres = usePostgres();
const program = (name: string) => fileURLToPath(new URL(`../src/${name}.ts`, import.meta.url));

/** Runs a command of the server to its end, as `npm run` does. */
const run = (name: string, args: readonly string[], settings: Readonly<Record<string, string>>) =>
  promisify(execFile)(process.execPath, [program(name), ...args], { env: { ...process.env, ...settings } });

/** Starts a server; on Postgres where a URL is given, else on the folder. */
async function start(dataDir: string, url?: string) {
  const settings: Record<string, string> = url === undefined ? {} : { DATABASE_URL: url };
  const server = await startServerProcess(await freePort(), dataDir, { LOG_LEVEL: "error", ...settings });
  onTestFinished(async () => void (await server.kill("SIGKILL")));
  const transport = createTransport("grpc", server.baseUrl);
  return {
    server,
    greeter: createClient(GreeterService, transport),
    books: createClient(RecommendationService, transport),
  };
}

type Books = Awaited<ReturnType<typeof start>>["books"];

/** The version of the model of a source, once one is served. */
async function versionOf(books: Books, source: DataSource): Promise<bigint> {
  await using models = openStream((options) => books.watchModel({}, options));
  for (;;) {
    const { model } = await models.next();
    if (model?.data?.source === source) return model.version;
  }
}

describe.skipIf(noPostgres !== undefined)(`two servers on one database${noPostgres ? `: ${noPostgres}` : ""}`, () => {
  vi.setConfig({ testTimeout: 120_000 });

  it("serve one model and one library, and re-rank for each other's ratings", async () => {
    const url = await postgres.newSchema();
    const one = await start(await writeFolder({}), url);
    const other = await start(await writeFolder({}), url);
    const built = await versionOf(one.books, DataSource.BUILT_IN);
    expect(await versionOf(other.books, DataSource.BUILT_IN)).toBe(built);

    const list = openStream((options) => other.books.watchRecommendations({ userId: 7 }, options));
    await list.next();
    await one.books.rateBook({ userId: 7, bookId: 30, change: { case: "stars", value: 5 } });
    let changed: number | undefined;
    while (changed === undefined) {
      const { update } = await list.next();
      if (update.case === "list") changed = update.value.changedBookId;
    }
    expect(changed).toBe(30);
    await list[Symbol.asyncDispose]();

    const folder = await writeSmallFolder({ readers: 60 });
    const { stdout } = await run("import", [folder], { DATA_DIR: await writeFolder({}), DATABASE_URL: url });
    expect(stdout).toContain("imported 7 books");
    const imported = await versionOf(one.books, DataSource.IMPORTED);
    expect(await versionOf(other.books, DataSource.IMPORTED)).toBe(imported);
    expect((await other.books.getBook({ id: 1001 })).book).toMatchObject({ title: "The Hungry Game (Hungry, #1)" });
  });

  it("lose no greeting of a watcher whose server is killed, and bring none twice, when it goes on at the other by its position", async () => {
    const url = await postgres.newSchema();
    const [one, other] = [await start(await writeFolder({}), url), await start(await writeFolder({}), url)];
    const position = { sequence: 0n, logId: "" };
    const seen: bigint[] = [];
    /** Watches from where it was before until so many were seen, or the stream ends. */
    async function watch(greeter: typeof one.greeter, until: number): Promise<void> {
      const from = { afterSequence: position.sequence, logId: position.logId };
      await using watched = openStream((options) => greeter.watchGreetings(from, options));
      while (seen.length < until) {
        const { update } = await watched.next();
        if (update.case === "position") position.logId = update.value.logId;
        if (update.case !== "greeting") continue;
        seen.push(update.value.sequence);
        position.sequence = update.value.sequence;
        // In the middle of what is written.
        if (seen.length === 100) void one.server.kill("SIGKILL");
      }
    }
    const lost = watch(one.greeter, 300).then(() => undefined, ConnectError.from);
    let written = 0;
    const write = async () => {
      while (written++ < 300) {
        // There is something to write until the stream is lost, however late that is.
        if (written > 200) await lost;
        await other.greeter.sayHello({ name: "Ada" });
      }
    };
    const writers = Array.from({ length: 10 }, write);
    expect(await lost).toBeInstanceOf(ConnectError);
    await watch(other.greeter, 300);
    await Promise.all(writers);
    expect(seen).toEqual(Array.from({ length: 300 }, (_, index) => BigInt(index + 1)));

    const elsewhere = { afterSequence: 300n, logId: `${position.logId}0` };
    await using resumed = openStream((options) => other.greeter.watchGreetings(elsewhere, options));
    await expect(resumed.next()).rejects.toThrow("log_id must be");
  });

  it("wait for none that is halted, which has all that happened meanwhile once it goes on", async () => {
    const url = await postgres.newSchema();
    const [one, other] = [await start(await writeFolder({}), url), await start(await writeFolder({}), url)];
    await using watched = openStream((options) => one.greeter.watchGreetings({}, options));
    await watched.next();
    // In the middle of what both write.
    const cut = Array.from({ length: 20 }, () => one.greeter.sayHello({ name: "halted" }).catch(() => undefined));
    process.kill(one.server.pid, "SIGSTOP");
    for (let count = 0; count < 50; count++) await other.greeter.sayHello({ name: "Ada" });
    process.kill(one.server.pid, "SIGCONT");
    await Promise.all(cut);
    await one.greeter.sayHello({ name: "last" });
    const seen: bigint[] = [];
    for (let name = ""; name !== "last"; ) {
      const { update } = await watched.next();
      if (update.case !== "greeting") continue;
      name = update.value.name;
      seen.push(update.value.sequence);
    }
    expect(seen.length).toBeGreaterThan(50);
    expect(seen).toEqual(seen.map((_, index) => BigInt(index + 1)));
  });

  it("are not ready while the database is down, and are again by themselves", async () => {
    const { server, greeter } = await start(await writeFolder({}), await postgres.newSchema());
    const readiness = async () => (await fetch(`${server.baseUrl}/readyz`)).status;
    await greeter.sayHello({ name: "Ada" });
    await postgres.server.crash();
    await expect.poll(readiness, { timeout: 20_000 }).toBe(503);
    expect((await fetch(`${server.baseUrl}/healthz`)).status).toBe(200);
    await postgres.server.start();
    await expect.poll(readiness, { timeout: 20_000 }).toBe(200);
    await using watched = openStream((options) => greeter.watchGreetings({ afterSequence: 0n }, options));
    const [, greeting] = await watched.take(2);
    expect(greeting?.update).toMatchObject({ case: "greeting", value: { name: "Ada" } });
  });

  it("go on with what was in a folder, once it was copied", async () => {
    const [dataDir, url] = [await writeFolder({}), await postgres.newSchema()];
    const before = await start(dataDir);
    await before.greeter.sayHello({ name: "a" });
    await before.books.rateBook({ userId: 7, bookId: 30, change: { case: "stars", value: 5 } });
    await expect(run("migrate-store", [], { DATA_DIR: dataDir, DATABASE_URL: url })).rejects.toThrow(
      "another server uses",
    );
    const version = await versionOf(before.books, DataSource.BUILT_IN);
    await before.server.kill("SIGTERM");

    const { stdout } = await run("migrate-store", [], { DATA_DIR: dataDir, DATABASE_URL: url });
    expect(stdout).toMatch(/copied 2 rows of events, 0 rows of orders, .*\b1 rows of ratings/);
    await expect(run("migrate-store", [], { DATA_DIR: dataDir, DATABASE_URL: url })).rejects.toThrow(
      "has a store already",
    );
    const after = await start(await writeFolder({}), url);
    expect(await versionOf(after.books, DataSource.BUILT_IN)).toBeGreaterThanOrEqual(version);
    expect((await after.books.listRatings({ userId: 7 })).ratings).toMatchObject([{ stars: 5 }]);
    await after.greeter.sayHello({ name: "b" });
    await using watched = openStream((options) => after.greeter.watchGreetings({ afterSequence: 0n }, options));
    await watched.next();
    const [first, second] = [await watched.next(), await watched.next()];
    expect([first, second].map(({ update }) => update.case === "greeting" && update.value.name)).toEqual(["a", "b"]);
  });
});

it("a server with a wrong DATABASE_URL ends, and says what is wrong without its password", async () => {
  const settings = { DATABASE_URL: "postgres://user:secret@127.0.0.1:1/name" };
  const started = startServerProcess(await freePort(), await writeFolder({}), settings);
  await expect(started).rejects.toThrow(/could not start: the database cannot be reached: .*ECONNREFUSED/);
  await expect(started).rejects.not.toThrow("secret");
});
