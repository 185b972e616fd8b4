import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const start = async (settings = {}) => startServerProcess(await freePort(), directory, settings);

describe("the server process", () => {
  it.each(["SIGTERM", "SIGINT"] as const)(
    "drains on %s: streams end with UNAVAILABLE and it exits with 0",
    async (signal) => {
      const server = await start();
      const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
      const stream = greeter.watchGreetings({})[Symbol.asyncIterator]();
      await stream.next();
      const next = expect(stream.next()).rejects.toMatchObject({ code: Code.Unavailable });
      expect(await server.kill(signal)).toBe(0);
      await next;
    },
  );

  it("exits at once on a second signal", async () => {
    const server = await start({ DRAIN_SECONDS: "600" });
    const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
    const stream = greeter.watchGreetings({})[Symbol.asyncIterator]();
    await stream.next();
    // A unary call whose request never becomes complete keeps the server from finishing its drain.
    const half = connect(Number(new URL(server.baseUrl).port), "127.0.0.1").on("error", () => undefined);
    half.write(
      "POST /helloworld.Greeter/SayHello HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{",
    );
    // Answered on a later connection, so that the half request has arrived by then.
    await greeter.listLanguages({});
    void server.kill("SIGTERM");
    await expect(stream.next()).rejects.toMatchObject({ code: Code.Unavailable });
    expect(await server.kill("SIGINT")).toBe(1);
  });

  it.each([
    ["is a file", "notes.txt", "EEXIST"],
    ["lies in a file", "notes.txt/data", "ENOTDIR"],
    ["has a folder where the database should be", "odd", "unable to open database file"],
    ["has something else where the database should be", "other", "file is not a database"],
  ])("does not start with a data folder that %s, and names it", async (_, name, reason) => {
    await writeFile(join(directory, "notes.txt"), "");
    await mkdir(join(directory, "odd", "triptych.sqlite"), { recursive: true });
    await mkdir(join(directory, "other"));
    await writeFile(join(directory, "other", "triptych.sqlite"), "this is no database".repeat(100));
    const dataDir = join(directory, name);
    const started = start({ DATA_DIR: dataDir });
    await expect(started).rejects.toThrow(`could not start: the folder ${dataDir} cannot be opened (`);
    await expect(started).rejects.toThrow(reason);
    await expect(started).rejects.not.toThrow(" at ");
  });

  it.each([
    [{ PORT: "eighty" }, 'PORT takes a port from 0 to 65535: got "eighty"'],
    [{ LOG_LEVEL: "loud" }, 'LOG_LEVEL takes one of trace, debug, info, warn, error, silent: got "loud"'],
  ])("does not start with %o, and says why", async (settings, message) => {
    await expect(start(settings)).rejects.toThrow(message);
  });

  it("says that a port is taken", async () => {
    const server = await start();
    const port = Number(new URL(server.baseUrl).port);
    await expect(startServerProcess(port, join(directory, "other"))).rejects.toThrow(`port ${port} is taken`);
    await server.kill("SIGKILL");
  });
});
