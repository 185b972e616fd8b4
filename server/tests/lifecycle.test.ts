import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, createClient } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { freePort, startServerProcess } from "../src/testing/server-process.ts";
import { createTransport } from "../src/testing/transports.ts";

let directory: string;

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "triptych-"));
});

afterEach(async () => {
  await rm(directory, { recursive: true });
});

const start = async (settings = {}) => startServerProcess(await freePort(), directory, settings);

describe("the server process", () => {
  it.each(["SIGTERM", "SIGINT"] as const)("drains on %s: streams end with UNAVAILABLE and it exits with 0", async (signal) => {
    const server = await start();
    const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
    const stream = greeter.watchGreetings({})[Symbol.asyncIterator]();
    await stream.next();
    const next = expect(stream.next()).rejects.toMatchObject({ code: Code.Unavailable });
    expect(await server.kill(signal)).toBe(0);
    await next;
  });

  it("exits at once on a second signal", async () => {
    const server = await start({ DRAIN_SECONDS: "600" });
    const greeter = createClient(GreeterService, createTransport("grpc", server.baseUrl));
    // A group that never ends keeps the server from finishing its drain.
    const group = new ReadableStream<{ name: string }>();
    const call = greeter.greetGroup(group).catch(() => "cut");
    await greeter.sayHello({ name: "Ada" });
    void server.kill("SIGTERM");
    await expect(call).resolves.toBe("cut");
    expect(await server.kill("SIGINT")).not.toBeUndefined();
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
