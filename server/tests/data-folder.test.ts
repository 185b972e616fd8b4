import { mkdtemp, open, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refusalOf } from "../src/testing/refusal.ts";

let directory: string;
let server: ServerProcess;

const start = async () => startServerProcess(await freePort(), directory);
const greeter = () => createClient(GreeterService, createTransport("grpc", server.baseUrl));
const greet = async (count: number) => {
  for (let made = 0; made < count; made++) await greeter().sayHello({ name: `name ${made}` });
};

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
  server = await start();
});

afterEach(async () => {
  await server.kill("SIGKILL");
  await rm(directory, { recursive: true });
});

// Each starts a process or two.
vi.setConfig({ testTimeout: 60_000 });

describe("a second server on a data folder", () => {
  it("does not start, and names the one that has it, which goes on", async () => {
    const message = `could not start: another server uses the folder ${directory}: process ${server.pid} on `;
    await expect(start()).rejects.toThrow(message);
    await greet(1);
  });

  it.each(["SIGKILL", "SIGTERM"] as const)("starts once the first has ended by %s", async (signal) => {
    await server.kill(signal);
    server = await start();
    await greet(1);
    // What it logs are lines of JSON.
    expect(server.log().filter((line) => line.startsWith("{"))).toEqual([]);
  });

  it("finds nothing but the data after a clean end", async () => {
    await greet(1);
    await server.kill("SIGTERM");
    const files = await readdir(directory);
    expect(files.filter((name) => name !== "model.bin").sort()).toEqual(["server.lock", "triptych.sqlite"]);
  });
});

describe("a log that was harmed after kill -9", () => {
  const log = () => join(directory, "triptych.sqlite-wal");

  async function overwrite(position: number, text: string): Promise<void> {
    await using file = await open(log(), "r+");
    await file.write(text, position);
  }

  it.each([
    ["is missing", () => rm(log()), /the log \S+ is gone, although the last server \(process \d+ on .*\) did not end/],
    ["is empty", async () => (await open(log(), "w")).close(), /the log \S+ is gone, although the last server/],
    ["has lost its header", () => overwrite(0, "nothing"), /the log \S+ is damaged: of its \d+ bytes 0 can be read/],
    ["is damaged", () => overwrite(20_000, "nothing"), /the log \S+ is damaged: of its \d+ bytes \d{5} can be read/],
  ])("is told of when it %s", async (_, harm, line) => {
    await greet(20);
    await server.kill("SIGKILL");
    await harm();
    server = await start();
    await vi.waitFor(() => expect(server.log()).toContainEqual(expect.stringMatching(line)));
  });

  it("is not told of when it is whole", async () => {
    await greet(20);
    await server.kill("SIGKILL");
    server = await start();
    await greet(1);
    // What it logs are lines of JSON.
    expect(server.log().filter((line) => line.startsWith("{"))).toEqual([]);
  });
});

describe("a feed whose rows were deleted by hand", () => {
  it("ends with DATA_LOSS, and the server serves on and ends when it is told to", async () => {
    await greet(20);
    await server.kill("SIGTERM");
    server = await start();
    const database = new DatabaseSync(join(directory, "triptych.sqlite"));
    database.exec("delete from events where topic = 'greetings' and sequence > 5");
    database.close();
    expect(await refusalOf(greeter().watchGreetings({ afterSequence: 3n }))).toEqual({
      code: "DataLoss",
      message: "event 6 of the feed of greetings is missing",
      violations: [],
    });
    await using live = openStream((options) => greeter().watchGreetings({}, options));
    await live.next();
    await greet(1);
    expect(await live.next()).toMatchObject({ update: { value: { sequence: 21n } } });
    expect(await server.kill("SIGTERM")).toBe(0);
  });
});
