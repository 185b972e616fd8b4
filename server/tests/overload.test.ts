import { durationMs } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, createClient } from "@connectrpc/connect";
import { RetryInfoSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { Health } from "@triptych/proto/grpc/health/v1/health_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { openStream } from "@triptych/testkit/clients/open-stream.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { describe, expect, it, vi } from "vitest";
import { useServer } from "../src/testing/use-server.ts";

/** The most that is ever shed with the contracts of this server. */
const ALL = 9;
/** How long each turn of the event loop is blocked, in milliseconds: timers are then later than the server may be. */
const BLOCKED_MS = 100;
const LONG = { timeout: 60_000, interval: 1 };

const neverWoken = new Int32Array(new SharedArrayBuffer(4));

/** Blocks each turn of the event loop, which is the server's, too, until it is disposed of. */
function blockTurns(): Disposable {
  let isOver = false;
  const block = () => {
    if (isOver) return;
    Atomics.wait(neverWoken, 0, 0, BLOCKED_MS);
    setImmediate(block);
  };
  setImmediate(block);
  return {
    [Symbol.dispose]() {
      isOver = true;
    },
  };
}

async function errorOf(call: Promise<unknown>): Promise<ConnectError> {
  try {
    await call;
  } catch (error) {
    return ConnectError.from(error);
  }
  throw new Error("the call must be shed");
}

/** Checks that an error says when to try again, in each way that there is. */
function expectRetryLater(error: ConnectError): void {
  expect(error.code).toBe(Code.Unavailable);
  const [info] = error.findDetails(RetryInfoSchema);
  const delay = info?.retryDelay && durationMs(info.retryDelay);
  expect([1_000, 1_100, 1_200, 1_300, 1_400, 1_500, 1_600, 1_700, 1_800, 1_900]).toContain(delay);
  expect(error.metadata.get("grpc-retry-pushback-ms")).toBe(String(delay));
}

describe("a server whose event loop is late", () => {
  const server = useServer({ MAX_EVENT_LOOP_DELAY_MS: "40", HEARTBEAT_SECONDS: "1" });
  const level = () => server.readMetric("rpc_shedding_level");

  it("sheds calls and new streams, but neither health checks nor open streams, and recovers", async () => {
    const transport = createTransport("connect over http/2", server.baseUrl);
    const calculator = createClient(CalculatorService, transport);
    const greeter = createClient(GreeterService, transport);
    const watch = () => openStream((options) => greeter.watchGreetings({}, options));
    await using open = watch();
    await open.next();
    {
      using _blocked = blockTurns();
      await vi.waitFor(async () => expect(await level()).toBe(ALL), LONG);
      for (const style of CALL_STYLES) {
        const { add } = createClient(CalculatorService, createTransport(style, server.baseUrl));
        expectRetryLater(await errorOf(add({ a: 1n, b: 2n })));
      }
      await using refused = watch();
      expectRetryLater(await errorOf(refused.next()));
      await createClient(Health, transport).check({});
      // Its heartbeat.
      await open.next();
    }
    expect((await vi.waitFor(() => calculator.add({ a: 1n, b: 2n }), LONG)).sum).toBe(3n);
    await using again = watch();
    await again.next();
    const shed = await server.readMetric("rpc_calls_refused_total", { reason: "overload" });
    expect(shed).toBeGreaterThanOrEqual(CALL_STYLES.length + 1);
  }, 120_000);
});

describe("a server that is not told how late its event loop may be", () => {
  const server = useServer();

  it("sheds nothing", async () => {
    using _blocked = blockTurns();
    const { recommend } = createClient(RecommendationService, createTransport("grpc", server.baseUrl));
    // As many turns as another server needs to shed the costliest calls.
    for (let call = 0; call < 5; call += 1) await recommend({ userId: 1 });
    expect(await server.readMetric("rpc_calls_refused_total", { reason: "overload" })).toBe(0);
  });
});
