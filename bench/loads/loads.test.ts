import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { findProgram } from "@triptych/testkit/processes/find-program.ts";
import { afterAll, describe, expect, it } from "vitest";
import { connectCall, grpcCall, grpcStreamCall } from "../call.ts";
import { createHarness } from "../harness.ts";
import { bare, grpcJs, rawHttp1, rawHttp2, rawHttp2Tls } from "../servers/all-servers.ts";
import { callOnceHttp1 } from "./call-once-http1.ts";
import { callOnceHttp2 } from "./call-once-http2.ts";
import { h2load } from "./h2load.ts";
import { ownHttp1Load } from "./own-http1-load.ts";
import { ownHttp2Load } from "./own-http2-load.ts";
import { pacedLoad } from "./paced-load.ts";
import { pingPong } from "./ping-pong.ts";
import { wrk } from "./wrk.ts";

const { sayHello, sayHelloAgain, greetGroup, converse } = GreeterService.method;
const concurrency = { connections: 2, callsEach: 3 };
const grpc = grpcCall(sayHello, { name: "Ada" });
const unimplemented = grpcCall(sayHelloAgain, { name: "Ada" });
const connect = connectCall(sayHello, { name: "Ada" }, "proto");
const http1 = rawHttp1("proto");
const harness = createHarness({ smoke: true, ownLoads: false, nodeFlags: [] });
afterAll(() => harness[Symbol.asyncDispose]());

describe.each([
  { name: "our own", load: ownHttp2Load, program: "node" },
  { name: "h2load", load: h2load, program: "h2load" },
])("a load over HTTP/2 by $name", ({ load, program }) => {
  it.skipIf(findProgram(program) === undefined)("counts the calls that are answered", async () => {
    const server = await harness.server(rawHttp2);
    const bytes = await callOnceHttp2(server, grpc);
    expect((await load(server, grpc, concurrency, 0.2, bytes)).callsPerSecond).toBeGreaterThan(0);
  });

  it.skipIf(findProgram(program) === undefined)("speaks TLS where the server does", async () => {
    const server = await harness.server(rawHttp2Tls);
    const bytes = await callOnceHttp2(server, grpc);
    expect((await load(server, grpc, concurrency, 0.2, bytes)).callsPerSecond).toBeGreaterThan(0);
  });

  it.skipIf(findProgram(program) === undefined)("brings headers as long as tokens are", async () => {
    const server = await harness.server(grpcJs);
    for (const length of [126, 127, 128, 254, 255, 1_000]) {
      const call = { ...grpc, headers: { ...grpc.headers, authorization: "t".repeat(length) } };
      const bytes = await callOnceHttp2(server, call);
      expect((await load(server, call, concurrency, 0.2, bytes)).calls).toBeGreaterThan(0);
    }
  });

  it.skipIf(findProgram(program) === undefined)("fails when calls do", async () => {
    const server = await harness.server(grpcJs);
    await expect(load(server, unimplemented, concurrency, 0.2, 20)).rejects.toThrow("failed under load");
  });
});

describe.each([
  { name: "our own", load: ownHttp1Load, program: "node" },
  { name: "wrk", load: wrk, program: "wrk" },
])("a load over HTTP/1.1 by $name", ({ load, program }) => {
  it.skipIf(findProgram(program) === undefined)("counts the calls that are answered", async () => {
    const server = await harness.server(http1);
    const bytes = await callOnceHttp1(server, connect);
    expect((await load(server, connect, concurrency, 0.2, bytes)).callsPerSecond).toBeGreaterThan(0);
  });

  it.skipIf(findProgram(program) === undefined)("fails when answers are too short", async () => {
    await expect(load(await harness.server(http1), connect, concurrency, 0.2, 100_000)).rejects.toThrow(
      "failed under load",
    );
  });
});

describe.each([bare, grpcJs])("streams of $name under load", (spec) => {
  it("are answered once for many messages in frames of their own", async () => {
    const server = await harness.server(spec);
    const call = grpcStreamCall(greetGroup, { name: "Ada" }, 100);
    const bytes = await callOnceHttp2(server, call);
    expect((await ownHttp2Load(server, call, concurrency, 0.2, bytes)).callsPerSecond).toBeGreaterThan(0);
  });

  it("are answered message by message in a conversation", async () => {
    const call = { ...grpcCall(converse, { name: "Ada" }), staysOpen: true };
    expect(await pingPong(await harness.server(spec), call, concurrency, 0.2)).toBeGreaterThan(6);
  });
});

describe("a paced load", () => {
  it("makes as many calls as the rate says, and times each", async () => {
    const times = await pacedLoad(await harness.server(rawHttp2), grpc, 2, 500, 0.2);
    expect(times).toHaveLength(100);
    expect(Math.min(...times)).toBeGreaterThan(0);
  });
});

describe("one call", () => {
  it("fails with the status that it ends with", async () => {
    await expect(callOnceHttp2(await harness.server(grpcJs), unimplemented)).rejects.toThrow("gRPC status 12");
  });
});
