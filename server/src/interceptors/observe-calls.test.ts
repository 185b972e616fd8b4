import { once } from "node:events";
import { Code, ConnectError, createClient, type ServiceImpl } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { Call } from "@triptych/rpc/call/call.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { Registry } from "prom-client";
import { afterEach, describe, expect, it } from "vitest";
import { measureCalls } from "../metrics/measure-calls.ts";
import { type EndedCall, observeCalls } from "./observe-calls.ts";

const unexpected = () => {
  throw new Error("this test does not expect the call");
};

const greeter: ServiceImpl<typeof GreeterService> = {
  sayHello({ name }) {
    if (name === "") throw new ConnectError("no name", Code.InvalidArgument);
    if (name === "fault") throw new Error("a fault of the server");
    return { message: name };
  },
  async *watchGreetings({ recent }, { signal }) {
    yield {};
    yield {};
    if (recent === 1) await once(signal, "abort");
  },
  sayHelloAgain: unexpected,
  streamGreetings: unexpected,
  greetGroup: unexpected,
  converse: unexpected,
  listLanguages: unexpected,
};

let served: ServedRoutes | undefined;

afterEach(() => served?.close());

/** A client of a greeter whose calls are observed and measured. */
async function createObserved(style: (typeof CALL_STYLES)[number]) {
  const ended: EndedCall[] = [];
  const started: string[] = [];
  const registry = new Registry();
  const observer = {
    started: ({ method }: Call) => started.push(method.path),
    ended: (call: EndedCall) => ended.push(call),
  };
  served = await serveRoutes([serviceRoute(GreeterService, greeter)], {
    observer: observeCalls(observer, measureCalls(registry)),
  });
  const sumOf = async (name: string) =>
    (await registry.getSingleMetric(name)?.get())?.values.reduce((sum, { value }) => sum + value, 0);
  const inFlight = () => sumOf("rpc_calls_in_flight");
  const faults = () => sumOf("rpc_faults_total");
  return {
    client: createClient(GreeterService, createTransport(style, served.baseUrl)),
    ended,
    started,
    inFlight,
    faults,
  };
}

describe.each(CALL_STYLES)("calls over %s that are observed", (style) => {
  it("are reported when they start and when they end", async () => {
    const { client, ended, started, inFlight } = await createObserved(style);
    await client.sayHello({ name: "Ada" });
    expect(started).toEqual(["/triptych.greeter.v1.GreeterService/SayHello"]);
    expect(ended).toMatchObject([{ service: GreeterService.typeName, code: "ok", isFault: false }]);
    expect(await inFlight()).toBe(0);
  });

  it.each([
    ["", "InvalidArgument", false],
    ["fault", "Internal", true],
  ])("end with a status, and the server is at fault or not (%j: %s, %s)", async (name, code, isFault) => {
    const { client, ended, inFlight, faults } = await createObserved(style);
    await expect(client.sayHello({ name })).rejects.toThrow();
    expect(ended).toMatchObject([{ code, isFault }]);
    expect(await inFlight()).toBe(0);
    expect(await faults()).toBe(isFault ? 1 : 0);
  });

  it("end once when a stream is read to its end", async () => {
    const { client, ended, inFlight } = await createObserved(style);
    expect(await Array.fromAsync(client.watchGreetings({}))).toHaveLength(2);
    expect(ended).toMatchObject([{ code: "ok" }]);
    expect(await inFlight()).toBe(0);
  });

  it("are in flight while their stream is, and cancelled when its reader leaves", async () => {
    const { client, ended, inFlight } = await createObserved(style);
    const leaving = new AbortController();
    const stream = client.watchGreetings({ recent: 1 }, { signal: leaving.signal })[Symbol.asyncIterator]();
    await stream.next();
    expect(await inFlight()).toBe(1);
    leaving.abort();
    await expect.poll(() => ended.map(({ isFault }) => isFault)).toEqual([false]);
    expect(await inFlight()).toBe(0);
  });
});
