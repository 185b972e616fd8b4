import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { Registry } from "prom-client";
import { describe, expect, it } from "vitest";
import { measureCalls } from "./measure-calls.ts";
import { type EndedCall, observeCalls } from "./observe-calls.ts";

/** A client of a greeter whose calls are observed and measured. */
function createObserved() {
  const ended: EndedCall[] = [];
  const started: string[] = [];
  const registry = new Registry();
  const observer = { started: (method: string) => started.push(method), ended: (call: EndedCall) => ended.push(call) };
  const transport = createRouterTransport(
    ({ service }) =>
      service(GreeterService, {
        sayHello({ name }) {
          if (name === "") throw new ConnectError("no name", Code.InvalidArgument);
          if (name === "fault") throw new Error("a fault of the server");
          return { message: name };
        },
        async *watchGreetings() {
          yield {};
          yield {};
        },
      }),
    { router: { interceptors: [observeCalls(observer, measureCalls(registry))] } },
  );
  const inFlight = async () =>
    (await registry.getSingleMetric("rpc_calls_in_flight")?.get())?.values.reduce((sum, { value }) => sum + value, 0);
  return { greeter: createClient(GreeterService, transport), ended, started, inFlight };
}

describe("calls that are observed", () => {
  it("are told of when they start and when they end", async () => {
    const { greeter, ended, started, inFlight } = createObserved();
    await greeter.sayHello({ name: "Ada" });
    expect(started).toEqual(["triptych.greeter.v1.GreeterService/SayHello"]);
    expect(ended).toMatchObject([{ service: GreeterService.typeName, code: "ok", isFault: false }]);
    expect(await inFlight()).toBe(0);
  });

  it.each([
    ["", "InvalidArgument", false],
    ["fault", "Internal", true],
  ])("end with a status, and the server is at fault or not (%j: %s, %s)", async (name, code, isFault) => {
    const { greeter, ended, inFlight } = createObserved();
    await expect(greeter.sayHello({ name })).rejects.toThrow();
    expect(ended).toMatchObject([{ code, isFault }]);
    expect(await inFlight()).toBe(0);
  });

  it("end once when a stream is read to its end", async () => {
    const { greeter, ended, inFlight } = createObserved();
    expect(await Array.fromAsync(greeter.watchGreetings({}))).toHaveLength(2);
    expect(ended).toMatchObject([{ code: "ok" }]);
    expect(await inFlight()).toBe(0);
  });

  it("are in flight while their stream is, and cancelled when its reader leaves", async () => {
    const ended: EndedCall[] = [];
    const registry = new Registry();
    const observe = observeCalls({ ended: (call) => ended.push(call) }, measureCalls(registry));
    async function* messages() {
      yield {};
      yield {};
    }
    const { signal } = new AbortController();
    const request = {
      service: GreeterService,
      method: GreeterService.method.watchGreetings,
      header: new Headers(),
      signal,
    };
    // Only what the interceptor uses of a request and a response.
    const response = await observe(async () => ({ stream: true, message: messages() }) as never)(request as never);
    const inFlight = async () => (await registry.metrics()).match(/^rpc_calls_in_flight\{.*\} (\d)$/m)?.[1];
    const iterator = (response.message as AsyncIterable<unknown>)[Symbol.asyncIterator]();
    await iterator.next();
    expect(await inFlight()).toBe("1");
    await iterator.return?.();
    expect(await inFlight()).toBe("0");
    expect(ended).toMatchObject([{ code: "Canceled" }]);
  });
});
