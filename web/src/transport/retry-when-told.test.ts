import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { createFakeEnvironment } from "@triptych/testkit/page/fake-environment.ts";
import { expect, it, vi } from "vitest";
import { retryWhenTold } from "./retry-when-told.ts";
import { createWaitingCalls } from "./waiting-calls.ts";

const busy = () => new ConnectError("busy", Code.ResourceExhausted, { "grpc-retry-pushback-ms": "2000" });

/** A server that fails with each of these errors, and then answers. */
function greeterThatFails(...errors: ConnectError[]) {
  const environment = createFakeEnvironment();
  const waiting = createWaitingCalls();
  const calls = vi.fn(() => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    return {};
  });
  const transport = createRouterTransport(
    ({ rpc }) => {
      rpc(GreeterService.method.listLanguages, calls);
      rpc(GreeterService.method.sayHello, calls);
      rpc(GreeterService.method.watchGreetings, async function* () {
        calls();
        yield* [];
      });
    },
    { transport: { interceptors: [retryWhenTold(waiting, environment)] } },
  );
  return { greeter: createClient(GreeterService, transport), environment, waiting, calls };
}

it("makes a safe call again when the server says so, which is waiting until then", async () => {
  const { greeter, environment, waiting, calls } = greeterThatFails(busy(), busy());
  const changed = vi.fn();
  const stop = waiting.subscribe(changed);
  const call = greeter.listLanguages({});
  await vi.waitFor(() => expect(waiting.until()).toBe(2_000));
  await environment.advance(2_000);
  await vi.waitFor(() => expect(waiting.until()).toBe(4_000));
  await environment.advance(2_000);
  await call;
  expect(waiting.until()).toBeUndefined();
  expect([calls, changed].map(({ mock }) => mock.calls.length)).toEqual([3, 4]);
  stop();
});

it("waits no longer when the call is cancelled", async () => {
  const { greeter, waiting, calls } = greeterThatFails(busy());
  const left = new AbortController();
  const call = greeter.listLanguages({}, { signal: left.signal });
  await vi.waitFor(() => expect(waiting.until()).toBe(2_000));
  left.abort();
  await expect(call).rejects.toMatchObject({ code: Code.Canceled });
  expect(waiting.until()).toBeUndefined();
  expect(calls).toHaveBeenCalledTimes(1);
});

it.each([
  ["a call that may have had its effect", "sayHello", busy()],
  ["a call for which the server names no time", "listLanguages", new ConnectError("down", Code.Unavailable)],
] as const)("leaves %s alone", async (_what, method, error) => {
  const { greeter, waiting, calls } = greeterThatFails(error);
  await expect(greeter[method]({})).rejects.toMatchObject({ code: error.code });
  expect(waiting.until()).toBeUndefined();
  expect(calls).toHaveBeenCalledTimes(1);
});

it("leaves streams alone, which have their own ways", async () => {
  const { greeter, calls } = greeterThatFails(busy());
  await expect(Array.fromAsync(greeter.watchGreetings({}))).rejects.toMatchObject({ code: Code.ResourceExhausted });
  expect(calls).toHaveBeenCalledTimes(1);
});
