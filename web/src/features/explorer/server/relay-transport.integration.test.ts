// @vitest-environment node
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code, createClient, type Transport } from "@connectrpc/connect";
import { RelayService } from "@triptych/proto/triptych/explorer/v1/relay_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createTransport } from "@triptych/testkit/clients/transports.ts";
import { freePort, type ServerProcess, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { loadSchema } from "../schema/load-schema.ts";
import { relayTransport } from "./relay-transport.ts";

// Two servers start.
vi.setConfig({ hookTimeout: 60_000 });

const folders: string[] = [];
let target: ServerProcess;
let server: ServerProcess;
let transport: Transport;

async function folder(): Promise<string> {
  const made = await mkdtemp(join(tmpdir(), "triptych-relay-"));
  folders.push(made);
  return made;
}

beforeAll(async () => {
  target = await startServerProcess(await freePort(), await folder());
  const { host } = new URL(target.baseUrl);
  server = await startServerProcess(await freePort(), await folder(), { EXPLORER_TARGETS: host });
  const relay = createClient(RelayService, createTransport("grpc", server.baseUrl));
  transport = relayTransport(relay, `grpc://${host}`);
});

afterAll(async () => {
  await Promise.all([target.kill("SIGTERM"), server.kill("SIGTERM")]);
  await Promise.all(folders.map((made) => rm(made, { recursive: true })));
});

it("learns by reflection what the server behind the relay serves", async () => {
  const { services } = await loadSchema(transport, new AbortController().signal);
  expect(services.map(({ typeName }) => typeName)).toContain(GreeterService.typeName);
});

it("carries all four kinds of calls, and metadata both ways", async () => {
  const greeter = createClient(GreeterService, transport);
  const headers = vi.fn();
  const trailers = vi.fn();
  const reply = await greeter.sayHello({ name: "Ada" }, { onHeader: headers, onTrailer: trailers });
  expect(reply).toMatchObject({ message: "Hello, Ada!" });
  expect(headers.mock.calls[0]?.[0].get("content-type")).toContain("application/grpc");
  expect(trailers).toHaveBeenCalledOnce();
  expect(await Array.fromAsync(greeter.streamGreetings({ name: "Ada", count: 2 }))).toHaveLength(2);
  const names = async function* () {
    yield { name: "Ada" };
    yield { name: "Grace" };
  };
  expect(await greeter.greetGroup(names())).toMatchObject({ message: expect.stringContaining("Grace") });
  expect(await Array.fromAsync(greeter.converse(names()))).toHaveLength(2);
});

it("ends with the status of the server behind it, or of the relay", async () => {
  const greeter = createClient(GreeterService, transport);
  const refused = greeter.sayHello({ name: "Ada", language: "no such tag" });
  await expect(refused).rejects.toMatchObject({
    code: Code.InvalidArgument,
    details: [{ type: "google.rpc.BadRequest" }],
  });
  const relay = createClient(RelayService, createTransport("grpc", server.baseUrl));
  const elsewhere = createClient(GreeterService, relayTransport(relay, "grpc://localhost:1"));
  await expect(elsewhere.sayHello({})).rejects.toMatchObject({
    code: Code.NotFound,
    rawMessage: expect.stringContaining("EXPLORER_TARGETS does not list"),
  });
});

it("ends with its deadline, and when it is cancelled", async () => {
  const greeter = createClient(GreeterService, transport);
  const timed = Array.fromAsync(greeter.watchGreetings({}, { timeoutMs: 500 }));
  await expect(timed).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  const left = new AbortController();
  const followed = greeter.watchGreetings({}, { signal: left.signal })[Symbol.asyncIterator]();
  await followed.next();
  left.abort();
  await expect(followed.next()).rejects.toMatchObject({ code: Code.Canceled });
});
