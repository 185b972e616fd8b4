import { Code, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { type ConnectTransportOptions, createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { serviceRoute } from "@triptych/rpc/call/service-route.ts";
import { createFakeEnvironment, settled, takeWaiting } from "@triptych/testkit/page/fake-environment.ts";
import { type ServedRoutes, serveRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { networkErrors } from "../src/follow/network-errors.ts";
import type { RecorderSource } from "../src/recorder/call-recorder.ts";
import { decodeFrame } from "../src/recorder/decode-frame.ts";
import { MAX_LOAD_WAIT_MS } from "../src/recorder/load-wait.ts";
import { createMethodRegistry } from "../src/recorder/method-registry.ts";
import { createRecorderStore, type RecorderStore } from "../src/recorder/recorder-store.ts";
import { recordingFetch } from "../src/recorder/recording-fetch.ts";

const protocols = ["grpc-web", "connect", "connect-json"] as const;

const createTransport: Record<(typeof protocols)[number], (options: ConnectTransportOptions) => Transport> = {
  "grpc-web": createGrpcWebTransport,
  connect: (options) => createConnectTransport({ ...options, useBinaryFormat: true }),
  "connect-json": createConnectTransport,
};

let server: ServedRoutes;
/** Called with the signal of every endless stream. */
const onEndless = vi.fn((_signal: AbortSignal) => {});

beforeAll(async () => {
  server = await serveRoutes([
    serviceRoute(CalculatorService, {
      add: ({ a, b }) => ({ sum: a + b }),
      multiply: () => ({}),
      evaluate({ expression }, context) {
        context.responseHeader.set("x-head", "1");
        context.responseTrailer.set("x-cost", "3");
        if (expression !== "1/0") return { value: expression, exact: true };
        const violation = { field: "expression", description: "divides by zero" };
        const detail = { desc: BadRequestSchema, value: { fieldViolations: [violation] } };
        throw new ConnectError("cannot divide", Code.InvalidArgument, undefined, [detail]);
      },
      async *evaluateSteps({ expression }, { signal }) {
        yield { step: 1, value: expression };
        yield { step: 2, value: expression };
        if (expression === "broken") throw new ConnectError("lost the thread", Code.DataLoss);
        if (expression !== "endless") return;
        onEndless(signal);
        await new Promise((resolve) => signal.addEventListener("abort", resolve));
      },
      sum: async () => ({}),
      async *runningTotal() {},
      async *evaluateLines() {},
      async *plot() {},
    }),
  ]);
});

afterAll(() => server.close());

function setUp(protocol: (typeof protocols)[number], baseUrl = server.baseUrl) {
  let time = 0;
  const store = createRecorderStore({
    environment: { now: () => ++time, onFrame: () => () => {} },
    methods: createMethodRegistry([CalculatorService], [BadRequestSchema]),
  });
  const fetch = recordingFetch(globalThis.fetch, () => store);
  return {
    store,
    client: createClient(
      CalculatorService,
      createTransport[protocol]({ baseUrl, fetch, interceptors: [networkErrors] }),
    ),
  };
}

function recorded(store: RecorderStore) {
  // Leaving the pause shows at once what would be shown with the next frame.
  store.setPaused(false);
  const [call] = store.getState().calls;
  if (call === undefined) throw new Error("no call was recorded");
  const decoded = call.frames.map((frame) => {
    const read = decodeFrame(frame, call.method, store.methods.types);
    return "text" in read ? read.text.replace(/\s+/g, "") : read.reason;
  });
  return { call, decoded };
}

describe.each(protocols)("over %s", (protocol) => {
  it("records a unary call: headers, messages, trailers and status", async () => {
    const { store, client } = setUp(protocol);
    const response = await client.evaluate({ expression: "2+2" });
    expect(response.value).toBe("2+2");
    const { call, decoded } = recorded(store);
    expect(call).toMatchObject({ protocol, state: "complete", httpStatus: 200, status: { code: undefined } });
    expect(call.path).toBe("triptych.calculator.v1.CalculatorService/Evaluate");
    expect(call.method).toBe(CalculatorService.method.evaluate);
    expect(call.responseHeaders).toContainEqual(["x-head", "1"]);
    expect(call.trailers).toContainEqual(["x-cost", "3"]);
    expect(decoded.slice(0, 2)).toEqual(['{"expression":"2+2"}', '{"value":"2+2","exact":true}']);
    const times = [...call.frames.map(({ at }) => at), call.endedAfter ?? 0];
    expect(times).toEqual(times.toSorted((a, b) => a - b));
  });

  it("records the frames of a stream one by one, and its end", async () => {
    const { store, client } = setUp(protocol);
    const steps = await Array.fromAsync(client.evaluateSteps({ expression: "7" }));
    expect(steps).toHaveLength(2);
    const { call, decoded } = recorded(store);
    expect(call).toMatchObject({ state: "complete", sentFrames: 1, receivedFrames: 3, status: { code: undefined } });
    expect(decoded.slice(0, 3)).toEqual(['{"expression":"7"}', '{"step":1,"value":"7"}', '{"step":2,"value":"7"}']);
    expect(call.frames.at(-1)?.meaning).toBe(protocol === "grpc-web" ? "trailers" : "end-stream");
    expect(call.receivedBytes).toBe(
      call.frames.filter(({ direction }) => direction === "received").reduce((sum, { length }) => sum + length + 5, 0),
    );
  });

  it("records the status and the details of an error", async () => {
    const { store, client } = setUp(protocol);
    await expect(client.evaluate({ expression: "1/0" })).rejects.toMatchObject({ code: Code.InvalidArgument });
    const { call } = recorded(store);
    expect(call).toMatchObject({ state: "complete", status: { code: Code.InvalidArgument, message: "cannot divide" } });
    expect(call.status?.details.map(({ type }) => type)).toEqual(["google.rpc.BadRequest"]);
  });

  it("records how a stream broke off", async () => {
    const { store, client } = setUp(protocol);
    await expect(Array.fromAsync(client.evaluateSteps({ expression: "broken" }))).rejects.toMatchObject({
      code: Code.DataLoss,
    });
    expect(recorded(store).call).toMatchObject({
      state: "complete",
      status: { code: Code.DataLoss },
      receivedFrames: 3,
    });
  });

  it("shows a stream while it is open, and lets a cancellation through to the server", async () => {
    const { store, client } = setUp(protocol);
    const left = new AbortController();
    const steps = client.evaluateSteps({ expression: "endless" }, { signal: left.signal })[Symbol.asyncIterator]();
    await steps.next();
    await steps.next();
    expect(recorded(store).call).toMatchObject({ state: "open", receivedFrames: 2, status: undefined });
    await vi.waitUntil(() => onEndless.mock.lastCall !== undefined);
    const [signal] = onEndless.mock.lastCall ?? [];
    const stopped = new Promise((resolve) => signal?.addEventListener("abort", resolve));
    left.abort();
    await expect(steps.next()).rejects.toMatchObject({ code: Code.Canceled });
    await stopped;
    expect(recorded(store).call).toMatchObject({ state: "cancelled", receivedFrames: 2 });
    onEndless.mockClear();
  });

  it("records that there was no connection", async () => {
    const { store, client } = setUp(protocol, "http://127.0.0.1:1");
    await expect(client.evaluate({ expression: "1" })).rejects.toMatchObject({ code: Code.Unavailable });
    expect(recorded(store).call).toMatchObject({ state: "failed", httpStatus: undefined, sentFrames: 1 });
  });
});

it("records a status that came with the headers alone", async () => {
  const { store, client } = setUp("grpc-web", `${server.baseUrl}/nowhere`);
  await expect(client.evaluate({ expression: "1" })).rejects.toMatchObject({ code: Code.Unimplemented });
  expect(recorded(store).call).toMatchObject({ state: "complete", status: { code: Code.Unimplemented } });
});

it("records a response that is not one of the protocol, though nothing reads it", async () => {
  const { store } = setUp("grpc-web");
  const left = new AbortController();
  const fetch = recordingFetch(
    async () => new Response("<h1>Bad gateway</h1>", { status: 502 }),
    () => store,
  );
  await fetch("http://server/p.S/M", { method: "POST", signal: left.signal });
  left.abort();
  expect(recorded(store).call).toMatchObject({ state: "complete", httpStatus: 502, status: undefined });
});

it("is the plain fetch while there is no recorder", async () => {
  const response = new Response("answer");
  const fetch = vi.fn(async () => response);
  const init = { method: "POST", body: new Uint8Array(3) };
  expect(await recordingFetch(fetch, () => undefined)("http://server/", init)).toBe(response);
  expect(fetch.mock.calls).toEqual([["http://server/", init]]);
});

it("is the plain fetch when the recorder could not be loaded, or takes nothing down", async () => {
  const response = new Response("answer");
  const sources: RecorderSource[] = [() => Promise.resolve(undefined), () => ({ callStarted: () => undefined })];
  for (const source of sources) {
    expect(await recordingFetch(async () => response, source)("http://server/")).toBe(response);
  }
});

it("is the plain fetch when the code that records could not be loaded", async () => {
  vi.resetModules();
  vi.doMock("../src/recorder/record-fetch.ts", () => {
    throw new Error("gone");
  });
  const { recordingFetch: withoutCode } = await import("../src/recorder/recording-fetch.ts");
  const response = new Response("answer");
  const { store } = setUp("connect");
  expect(
    await withoutCode(
      async () => response,
      () => store,
    )("http://server/"),
  ).toBe(response);
});

it("loads the code that records before the first call", async () => {
  vi.resetModules();
  const loaded = new Promise<void>((resolve) => {
    vi.doMock("../src/recorder/record-fetch.ts", () => {
      resolve();
      return { recordFetch: vi.fn() };
    });
  });
  const { recordingFetch: withCode } = await import("../src/recorder/recording-fetch.ts");
  withCode(globalThis.fetch, () => undefined);
  await expect(loaded).resolves.toBeUndefined();
});

describe("while a recorder never arrives", () => {
  const never: RecorderSource = () => new Promise(() => {});
  const answer = new Response("answer");

  it("is the plain fetch a second after it was made, of which all calls have one", async () => {
    const environment = createFakeEnvironment();
    const plain = vi.fn(async () => answer);
    const fetch = recordingFetch(plain, never, environment);
    const first = fetch("http://server/");
    await environment.advance(MAX_LOAD_WAIT_MS - 1);
    expect(plain).not.toHaveBeenCalled();
    await environment.advance(1);
    expect(await first).toBe(answer);
    expect(await fetch("http://server/")).toBe(answer);
    expect(takeWaiting()).toEqual([]);
  });

  it("is the plain fetch once the signal of the call is aborted", async () => {
    const fetch = recordingFetch(
      async (_input, init) => {
        init?.signal?.throwIfAborted();
        return answer;
      },
      never,
      createFakeEnvironment(),
    );
    const left = new AbortController();
    const call = fetch("http://server/", { signal: left.signal });
    await settled();
    left.abort(new Error("left"));
    await expect(call).rejects.toThrow("left");
    await expect(fetch("http://server/", { signal: left.signal })).rejects.toThrow("left");
    expect(takeWaiting()).toEqual([]);
  });
});

it("reads from the network only what the app asks for", async () => {
  const pull = vi.fn((controller: ReadableStreamDefaultController) => controller.enqueue(Uint8Array.of(1)));
  const cancel = vi.fn();
  const body = new ReadableStream({ pull, cancel }, { highWaterMark: 0 });
  const { store } = setUp("grpc-web");
  const fetch = recordingFetch(
    async () => new Response(body),
    () => store,
  );
  const response = await fetch("http://server/p.S/M", { method: "POST" });
  expect(pull).not.toHaveBeenCalled();
  const reader = response.body?.getReader();
  await reader?.read();
  expect(pull).toHaveBeenCalledTimes(1);
  await reader?.cancel("enough");
  expect(cancel).toHaveBeenCalledWith("enough");
  expect(recorded(store).call).toMatchObject({ state: "cancelled", reason: "enough", receivedBytes: 1 });
});

it.each([
  ["read to its end", (response: Response) => response.arrayBuffer()],
  ["of no use", (response: Response) => response.body?.cancel()],
])("listens to the signal of a request no longer than to a response that is %s", async (_how, end) => {
  const { store } = setUp("grpc-web");
  const { signal } = new AbortController();
  const [add, remove] = [vi.spyOn(signal, "addEventListener"), vi.spyOn(signal, "removeEventListener")];
  const fetch = recordingFetch(
    async () => new Response(Uint8Array.of(1)),
    () => store,
  );
  await end(await fetch("http://server/p.S/M", { method: "POST", signal }));
  expect(add.mock.calls.map(([type, listener]) => [type, listener])).toEqual(remove.mock.calls);
  expect(add).toHaveBeenCalledTimes(1);
});

it("passes a response on as it is but for its body", async () => {
  const { store } = setUp("connect");
  const plain = new Response("{}", { status: 404, statusText: "Not Here", headers: { "x-head": "1" } });
  Object.defineProperty(plain, "url", { value: "http://server/p.S/M" });
  const response = await recordingFetch(
    async () => plain,
    () => store,
  )("http://server/p.S/M");
  expect([response.status, response.statusText, response.url]).toEqual([404, "Not Here", "http://server/p.S/M"]);
  expect(response.headers.get("x-head")).toBe("1");
  expect(await response.json()).toEqual({});
});
