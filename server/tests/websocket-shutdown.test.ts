import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Code } from "@connectrpc/connect";
import { findTrailerError } from "@connectrpc/connect/protocol-grpc";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { openSocket } from "@triptych/testkit/clients/raw-socket.ts";
import { freePort, startServerProcess } from "@triptych/testkit/processes/server-process.ts";
import { expect, it, onTestFinished, vi } from "vitest";

// A busy machine takes seconds to start a process.
vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

it("a process with open WebSockets exits on SIGTERM, long before its drain is cut, and ends their calls", async () => {
  const directory = await mkdtemp(join(tmpdir(), "triptych-"));
  onTestFinished(() => rm(directory, { recursive: true }));
  const server = await startServerProcess(await freePort(), directory, { DRAIN_SECONDS: "600" });
  const many = await openCallClient(server.baseUrl);
  const call = many.call(GreeterService.method.watchGreetings);
  await call.send({});
  call.end();
  await call.messages.next();
  const idle = await openCallClient(server.baseUrl);
  const one = await openSocket(server.baseUrl, "/triptych.greeter.v1.GreeterService/WatchGreetings", "grpc-websockets");
  one.send(Buffer.from("a: b\r\n"));
  one.send("00 00 00000000");
  one.send("01");
  await one.next();
  const silent = await openSocket(server.baseUrl, "/triptych.greeter.v1.GreeterService/SayHello", "grpc-websockets");
  expect(await server.kill("SIGTERM")).toBe(0);
  expect(findTrailerError(await call.trailers)).toMatchObject({ code: Code.Unavailable });
  expect((await one.rest()).at(-1)?.toString()).toContain(`grpc-status: ${Code.Unavailable}\r\n`);
  const codes = await Promise.all([many, idle, one, silent].map(async ({ closed }) => (await closed).code));
  expect(codes).toEqual([1001, 1001, 1000, 1001]);
});
