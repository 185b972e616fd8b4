import { Code, createClient } from "@connectrpc/connect";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import {
  type Durations,
  OperationsService,
  type WatchOperationsResponse,
} from "@triptych/proto/triptych/operations/v1/operations_pb.ts";
import { sendRequest } from "@triptych/testkit/clients/send-request.ts";
import { CALL_STYLES, createTransport } from "@triptych/testkit/clients/transports.ts";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { modelServed } from "../src/testing/model-served.ts";
import { refusalOf } from "../src/testing/refusal.ts";
import { useServer } from "../src/testing/use-server.ts";

const HELLO = "triptych.greeter.v1.GreeterService/SayHello";
const WATCH = "triptych.operations.v1.OperationsService/WatchOperations";
const traceId = "0af7651916cd43dd8448eb211c80319c";

let left: AbortController;

beforeEach(() => {
  left = new AbortController();
});

afterEach(() => left.abort());

/** A sample of `/metrics`. */
interface Sample {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** All that `/metrics` shows. */
async function readSamples(baseUrl: string): Promise<readonly Sample[]> {
  const { body } = await sendRequest(baseUrl, "/metrics");
  return [...body.toString().matchAll(/^(\w+)(?:\{(.*)\})? (\S+)$/gm)].map(([, name = "", labels = "", value]) => ({
    name,
    labels: Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = "", text = ""]) => [key, text])),
    value: Number(value),
  }));
}

/** What samples of a name say, each of which has these labels. */
const valuesOf = (samples: readonly Sample[], name: string, labels: Sample["labels"] = {}) =>
  samples.filter(
    (sample) => sample.name === name && Object.entries(labels).every(([key, text]) => sample.labels[key] === text),
  );
const figureIn = (...which: Parameters<typeof valuesOf>) => valuesOf(...which)[0]?.value ?? 0;

/** What Prometheus makes of a histogram, as its documentation says. */
function histogramQuantile(samples: readonly Sample[], share: number): number {
  const buckets = samples.map(({ labels, value }) => ({
    le: Number((labels.le ?? "").replace("+Inf", "Infinity")),
    value,
  }));
  const rank = share * (buckets.at(-1)?.value ?? 0);
  const at = buckets.findIndex(({ value }) => value >= rank);
  const [below, upper] = [buckets[at - 1] ?? { le: 0, value: 0 }, buckets[at]];
  if (rank === 0 || upper === undefined) return 0;
  return below.le + ((upper.le - below.le) * (rank - below.value)) / (upper.value - below.value);
}

function expectDurations(durations: Durations | undefined, samples: readonly Sample[]): void {
  expect(Number(durations?.count)).toBe(samples.at(-1)?.value ?? 0);
  expect(durations?.p50Seconds).toBeCloseTo(histogramQuantile(samples, 0.5), 9);
  expect(durations?.p95Seconds).toBeCloseTo(histogramQuantile(samples, 0.95), 9);
  expect(durations?.p99Seconds).toBeCloseTo(histogramQuantile(samples, 0.99), 9);
}

/** Expects that the figures of the load, the process, the store and the model are those of `/metrics`. */
function expectSame({ load, process: taken, store, model }: WatchOperationsResponse, samples: readonly Sample[]): void {
  // That of the request for the metrics is one more.
  expect(Number(load?.connections) + 1).toBe(figureIn(samples, "connections_open"));
  expect(Number(load?.calls)).toBe(figureIn(samples, "rpc_calls_open"));
  expect(Number(load?.handlers)).toBe(figureIn(samples, "rpc_handlers_running"));
  expect(Number(load?.answers) + 1).toBe(figureIn(samples, "answers_open"));
  expect(Number(load?.requestBytes)).toBe(figureIn(samples, "rpc_request_bytes_held"));
  const held = Object.fromEntries(valuesOf(samples, "held").map(({ labels, value }) => [labels.what, value]));
  expect(Object.keys(load?.held ?? {})).toEqual(Object.keys(held));
  expect(Number(load?.held.operationsWatchers)).toBe(1);
  // Both are of the same process, a moment apart.
  const ratio = Number(taken?.residentBytes) / figureIn(samples, "process_resident_memory_bytes");
  expect(Math.abs(ratio - 1)).toBeLessThan(0.2);
  expect(Number(taken?.heapBytes)).toBeGreaterThan(0);
  expect(Number(store?.pendingWrites)).toBe(figureIn(samples, "store_writes_pending"));
  expect(store?.lagSeconds).toBe(figureIn(samples, "store_lag_seconds"));
  expectDurations(store?.recentWrites, valuesOf(samples, "store_write_seconds_bucket"));
  expectDurations(store?.recentSyncs, valuesOf(samples, "store_sync_seconds_bucket"));
  expect(Number(model?.version)).toBe(figureIn(samples, "model_version"));
  expect(model?.isTraining).toBe(figureIn(samples, "model_training_running") === 1);
  expect(model?.hasFailed).toBe(figureIn(samples, "model_failed") === 1);
  expect(Number(model?.changedLikes)).toBe(figureIn(samples, "model_changed_likes"));
}

describe("a server that shows its operations", () => {
  const server = useServer({ SHOW_OPERATIONS: "yes" });

  /** Watches until the test ends; gives the first figures, and what gives the next. */
  async function watch() {
    const client = createClient(OperationsService, createTransport("grpc", server.baseUrl));
    const messages = client.watchOperations({}, { signal: left.signal })[Symbol.asyncIterator]();
    const next = async (): Promise<WatchOperationsResponse> => {
      const { value } = await messages.next();
      if (value === undefined) throw new Error("the stream has ended");
      return value;
    };
    return { first: await next(), next };
  }

  it("shows what /metrics shows of the calls of each method, over each protocol", async () => {
    for (const style of CALL_STYLES) {
      const greeter = createClient(GreeterService, createTransport(style, server.baseUrl));
      await greeter.sayHello({ name: "Ada" });
      await expect(greeter.sayHello({ name: "\n" })).rejects.toThrow();
    }
    const { first } = await watch();
    const samples = await readSamples(server.baseUrl);
    expect(first.methods.map(({ method }) => method)).toEqual(expect.arrayContaining([HELLO, WATCH]));
    for (const { method, inFlight, faults, recentFaults, protocols } of first.methods) {
      expect(Number(inFlight)).toBe(figureIn(samples, "rpc_calls_in_flight", { method }));
      expect(Number(faults)).toBe(figureIn(samples, "rpc_faults_total", { method }));
      expect(recentFaults).toBe(faults);
      for (const { protocol, codes, recent } of protocols) {
        const ends = valuesOf(samples, "rpc_calls_total", { method, protocol });
        expect(codes.map(({ code, count }) => [code, Number(count)])).toEqual(
          ends.map(({ labels, value }) => [labels.code, value]),
        );
        // The server has not run for a minute.
        expect(codes.every((code) => code.recent === code.count)).toBe(true);
        expectDurations(recent, valuesOf(samples, "rpc_call_duration_seconds_bucket", { method, protocol }));
      }
    }
    const hello = first.methods.find(({ method }) => method === HELLO);
    expect(hello?.protocols.map(({ protocol }) => protocol).sort()).toEqual(["connect", "grpc", "grpc-web"]);
    expect(first.methods.find(({ method }) => method === WATCH)).toMatchObject({ streams: true, inFlight: 1n });
  });

  it("shows what /metrics shows of the load, the process, the store and the model", async () => {
    await modelServed(server.baseUrl);
    await createClient(GreeterService, createTransport("grpc", server.baseUrl)).sayHello({ name: "Ada" });
    const { next } = await watch();
    // Connections of the test before close, and syncs end, between the two.
    await vi.waitFor(async () => expectSame(await next(), await readSamples(server.baseUrl)), { timeout: 15_000 });
  });

  it("says how long a turn of the event loop has held up others, and takes nothing of that from /metrics", async () => {
    const { next } = await watch();
    // More than once: the turn in which a measurement begins is not part of it.
    const timer = setInterval(() => {
      const end = performance.now() + 200;
      while (performance.now() < end);
    }, 50);
    onTestFinished(() => clearInterval(timer));
    expect((await next()).process?.eventLoopMaxSeconds).toBeGreaterThan(0.1);
    expect(figureIn(await readSamples(server.baseUrl), "nodejs_eventloop_lag_max_seconds")).toBeGreaterThan(0.1);
  });

  it("shows the latest calls that the server is to blame for, with their trace, and no mistakes of clients", async () => {
    const calculator = createClient(CalculatorService, createTransport("connect over http/1.1", server.baseUrl));
    const headers = { traceparent: `00-${traceId}-b7ad6b7169203331-01`, "x-request-id": "request-1" };
    expect(await refusalOf(calculator.evaluate({ expression: "(".repeat(10_000) }, { headers }))).toMatchObject({
      code: "ResourceExhausted",
    });
    await expect(calculator.evaluate({ expression: "1 +" })).rejects.toThrow();
    const { first } = await watch();
    expect(first.failedCalls).toMatchObject([
      {
        method: "triptych.calculator.v1.CalculatorService/Evaluate",
        ...{ protocol: "connect", code: "ResourceExhausted", isFault: false, traceId, requestId: "request-1" },
      },
    ]);
    // It is the one to look at first.
    expect(first.methods[0]?.method).toBe("triptych.calculator.v1.CalculatorService/Evaluate");
  });
});

describe("a server whose limit is reached", () => {
  const server = useServer({ SHOW_OPERATIONS: "yes", MAX_CALLS_IN_FLIGHT: "2" });

  it("shows what each limit has refused, as /metrics does", async () => {
    const transport = createTransport("grpc", server.baseUrl);
    const options = { signal: left.signal };
    const greetings = createClient(GreeterService, transport).watchGreetings({}, options)[Symbol.asyncIterator]();
    await greetings.next();
    const messages = createClient(OperationsService, transport).watchOperations({}, options)[Symbol.asyncIterator]();
    await messages.next();
    await expect(createClient(GreeterService, transport).sayHello({ name: "Ada" })).rejects.toThrow();
    const { value } = await messages.next();
    const { refusals = [] }: Partial<WatchOperationsResponse> = value ?? {};
    const samples = await readSamples(server.baseUrl);
    expect(refusals).toContainEqual(
      expect.objectContaining({ metric: "rpc_calls_refused_total", reason: "calls_in_flight", count: 1n, recent: 1n }),
    );
    const counted = samples.filter(({ name }) => name.endsWith("_refused_total"));
    expect(
      refusals.map(({ metric, reason, count }) => ({ name: metric, labels: { reason }, value: Number(count) })),
    ).toEqual(expect.arrayContaining(counted));
    expect(refusals).toHaveLength(counted.length);
  });
});

describe("a server that is not told to show its operations", () => {
  const server = useServer();

  it("says what to set", async () => {
    const client = createClient(OperationsService, createTransport("grpc", server.baseUrl));
    await expect(Array.fromAsync(client.watchOperations({}))).rejects.toMatchObject({
      code: Code.FailedPrecondition,
      rawMessage: expect.stringContaining("SHOW_OPERATIONS=yes"),
    });
  });
});
