import { create, toBinary } from "@bufbuild/protobuf";
import { DurationSchema } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient, createRouterTransport } from "@connectrpc/connect";
import { RetryInfoSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { createFakeEnvironment, settled } from "@triptych/testkit/page/fake-environment.ts";
import { describe, expect, it } from "vitest";
import { RetryBudget } from "./retry-budget.ts";
import { type RetryOptions, retryCalls } from "./retry-calls.ts";
import { retryDelay } from "./retry-delay.ts";

const unavailable = () => new ConnectError("down", Code.Unavailable);
const busy = (ms: string) => new ConnectError("busy", Code.ResourceExhausted, { "grpc-retry-pushback-ms": ms });

/** Services that fail with each of these, one call after the other, and then go well. */
function failing(
  errors: readonly ConnectError[],
  { lateError, ...options }: RetryOptions & { readonly lateError?: ConnectError } = {},
) {
  const environment = createFakeEnvironment();
  const left = [...errors];
  const seen = { calls: 0 };
  const fail = () => {
    seen.calls += 1;
    const error = left.shift();
    if (error !== undefined) throw error;
  };
  const transport = createRouterTransport(
    (router) => {
      router.service(GreeterService, {
        listLanguages: () => {
          fail();
          return {};
        },
        sayHello: () => {
          fail();
          return { message: "Hello!" };
        },
      });
      router.service(OrderService, {
        createOrder: () => {
          fail();
          return {};
        },
      });
      router.service(CalculatorService, {
        async *plot() {
          fail();
          yield {};
          if (lateError !== undefined) throw lateError;
        },
      });
    },
    { transport: { interceptors: [retryCalls({ environment, ...options })] } },
  );
  return {
    environment,
    seen,
    greeter: createClient(GreeterService, transport),
    calculator: createClient(CalculatorService, transport),
    orders: createClient(OrderService, transport),
  };
}

const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => 0,
    (error) => ConnectError.from(error).code,
  );

describe("retryCalls", () => {
  it("makes a call without side effects again, when the server says so", async () => {
    const waits: number[] = [];
    const onWait: RetryOptions["onWait"] = ({ until }) => {
      waits.push(until);
      return () => waits.push(-until);
    };
    const { greeter, environment, seen } = failing([busy("2000")], { onWait });
    const call = greeter.listLanguages({});
    await settled();
    await environment.advance(1_999);
    expect([seen.calls, ...waits]).toEqual([1, 2_000]);
    await environment.advance(1);
    await call;
    expect([seen.calls, ...waits]).toEqual([2, 2_000, -2_000]);
  });

  it.each([
    ["one that may have had its effect", "sayHello", unavailable()],
    ["one that is refused for good", "listLanguages", new ConnectError("too much", Code.ResourceExhausted)],
    ["one that the server does not want again", "listLanguages", busy("-1")],
    ["one whose request is wrong", "listLanguages", new ConnectError("bad", Code.InvalidArgument)],
  ] as const)("does not make again %s", async (_what, method, error) => {
    const { greeter, seen } = failing([error]);
    expect(await codeOf(greeter[method]({}))).toBe(error.code);
    expect(seen.calls).toBe(1);
  });

  it("makes a call again that asks for a key only where it has one", async () => {
    const { orders, environment, seen } = failing([busy("1"), busy("1")]);
    expect(await codeOf(orders.createOrder({}))).toBe(Code.ResourceExhausted);
    expect(seen.calls).toBe(1);
    const call = orders.createOrder({ idempotencyKey: "one" });
    await settled();
    await environment.advance(2);
    await call;
    expect(seen.calls).toBe(3);
  });

  it("may be told which idempotent calls it may make again", async () => {
    const asked: unknown[] = [];
    const mayRetry: RetryOptions["mayRetry"] = ({ name }) => asked.push(name) === 0;
    const { orders, greeter, environment, seen } = failing([busy("1"), busy("1")], { mayRetry });
    expect(await codeOf(orders.createOrder({ idempotencyKey: "one" }))).toBe(Code.ResourceExhausted);
    const call = greeter.listLanguages({});
    await settled();
    await environment.advance(2);
    await call;
    expect([seen.calls, ...asked]).toEqual([3, "CreateOrder"]);
  });

  it("gives up after four attempts", async () => {
    const { greeter, environment, seen } = failing(Array.from({ length: 9 }, unavailable));
    const code = codeOf(greeter.listLanguages({}));
    for (let attempt = 0; attempt < 9; attempt++) {
      await settled();
      await environment.advance(0);
    }
    expect(await code).toBe(Code.Unavailable);
    expect(seen.calls).toBe(4);
  });

  it("does not wait beyond the deadline", async () => {
    const { greeter, seen } = failing([busy("60000")]);
    expect(await codeOf(greeter.listLanguages({}, { timeoutMs: 59_000 }))).toBe(Code.ResourceExhausted);
    expect(seen.calls).toBe(1);
  });

  it("stops to wait when the call is cancelled", async () => {
    const { greeter, environment, seen } = failing([busy("2000")]);
    const left = new AbortController();
    const code = codeOf(greeter.listLanguages({}, { signal: left.signal }));
    await settled();
    left.abort();
    expect(await code).toBe(Code.Canceled);
    expect([seen.calls, environment.timers]).toEqual([1, 0]);
  });

  it("makes no call again once its budget is used up", async () => {
    const { greeter, environment, seen } = failing(Array.from({ length: 99 }, unavailable), { budget: 4 });
    const codes = [1, 2, 3].map(() => codeOf(greeter.listLanguages({})));
    for (let attempt = 0; attempt < 9; attempt++) {
      await settled();
      await environment.advance(0);
    }
    expect(await Promise.all(codes)).toEqual([Code.Unavailable, Code.Unavailable, Code.Unavailable]);
    expect(seen.calls).toBe(4);
  });

  it("opens a stream again of which nothing has come", async () => {
    const { calculator, environment, seen } = failing([unavailable()]);
    const messages = Array.fromAsync(calculator.plot({}));
    await settled();
    await environment.advance(0);
    expect(await messages).toHaveLength(1);
    expect(seen.calls).toBe(2);
  });

  it("does not open a stream again of which something has come", async () => {
    const { calculator, environment, seen } = failing([], { lateError: unavailable() });
    expect(await codeOf(Array.fromAsync(calculator.plot({})))).toBe(Code.Unavailable);
    expect([seen.calls, environment.timers]).toEqual([1, 0]);
  });
});

describe("retryDelay", () => {
  it("is at least what google.rpc.RetryInfo asks for, and at most a quarter more", () => {
    const info = create(RetryInfoSchema, { retryDelay: create(DurationSchema, { seconds: 1n, nanos: 500_000_000 }) });
    const error = new ConnectError("busy", Code.ResourceExhausted);
    error.details.push({ type: "google.rpc.RetryInfo", value: toBinary(RetryInfoSchema, info) });
    expect(retryDelay(error, 0, () => 0)).toBe(1_500);
    expect(retryDelay(error, 0, () => 1)).toBe(1_875);
  });

  it.each([
    [60, 60_000],
    [61, undefined],
    [3_000_000, undefined],
  ])("is none where google.rpc.RetryInfo asks for more than a minute: %i s", (seconds, expected) => {
    const info = create(RetryInfoSchema, { retryDelay: create(DurationSchema, { seconds: BigInt(seconds) }) });
    const error = unavailable();
    error.details.push({ type: "google.rpc.RetryInfo", value: toBinary(RetryInfoSchema, info) });
    expect(retryDelay(error, 0, () => 0)).toBe(expected);
  });

  it("is none where grpc-retry-pushback-ms asks for more than a minute", () => {
    const delays = ["60000", "60001", "999999999"].map((ms) => retryDelay(busy(ms), 0, () => 0));
    expect(delays).toEqual([60_000, undefined, undefined]);
  });

  it("grows where the server does not say it, up to five seconds", () => {
    expect([0, 1, 2, 9].map((failures) => retryDelay(unavailable(), failures, () => 1))).toEqual([
      200, 400, 800, 5_000,
    ]);
    expect(retryDelay(unavailable(), 3, () => 0)).toBe(0);
  });
});

it("a budget fills again with what goes well", () => {
  const budget = new RetryBudget(2);
  expect(budget.failed()).toBe(false);
  for (let call = 0; call < 10; call++) budget.succeeded();
  for (let call = 0; call < 10; call++) budget.succeeded();
  expect(new RetryBudget(4).failed()).toBe(true);
  expect(budget.failed()).toBe(false);
});
