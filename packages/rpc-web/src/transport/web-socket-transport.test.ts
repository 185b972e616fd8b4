import { create, toBinary } from "@bufbuild/protobuf";
import { type CallOptions, Code, createClient } from "@connectrpc/connect";
import { setTrailerStatus } from "@connectrpc/connect/protocol-grpc";
import {
  AddResponseSchema,
  CalculatorService,
  RunningTotalResponseSchema,
} from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { createFakeEnvironment, type FakeEnvironment, settled } from "@triptych/testkit/page/fake-environment.ts";
import { INITIAL_WINDOW_BYTES } from "@triptych/wire/call-protocol.ts";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { CallRecording } from "../recorder/call-recorder.ts";
import { MAX_LOAD_WAIT_MS } from "../recorder/load-wait.ts";
import { createFakeSockets } from "../testing/fake-call-socket.ts";
import { CONNECT_TIMEOUT_MS, DOUBT_MS } from "./call-connection.ts";
import { prefixMessage } from "./read-messages.ts";
import { LOW_WATER_BYTES } from "./socket-writer.ts";
import { createWebSocketTransport, type WebSocketTransportOptions } from "./web-socket-transport.ts";

const IDLE_MS = 1_000;
const ok = () => ({ type: "trailers", metadata: setTrailerStatus(new Headers(), undefined) }) as const;
const sum = (value: bigint) => prefixMessage(toBinary(AddResponseSchema, create(AddResponseSchema, { sum: value })));
const total = (count: bigint) =>
  prefixMessage(toBinary(RunningTotalResponseSchema, create(RunningTotalResponseSchema, { figures: { count } })));
const noHeaders = (stream: number) => ({ type: "headers", stream, metadata: new Headers() }) as const;

let environment: FakeEnvironment;
let fake: ReturnType<typeof createFakeSockets>;

beforeEach(() => {
  environment = createFakeEnvironment();
  fake = createFakeSockets();
});

// A transport waits for nothing more once its sockets are lost, and every writer that checked for room has checked once more.
afterEach(async () => {
  for (const each of fake.sockets) each.lose();
  await environment.advance(10);
});

function createCalculator(options: Partial<WebSocketTransportOptions> = {}) {
  const { openSocket } = fake;
  const transport = createWebSocketTransport({
    baseUrl: "https://server/",
    environment,
    idleMs: IDLE_MS,
    openSocket,
    ...options,
  });
  return createClient(CalculatorService, transport);
}

/** The socket opened last. */
function socket() {
  const last = fake.sockets.at(-1);
  if (last === undefined) throw new Error("no socket was opened");
  return last;
}

/** A call of Add that has reached the server; its failure is for the test to check. */
async function startedAdd(options: CallOptions = {}, calculator = createCalculator()) {
  const call = calculator.add({ a: 1n, b: 2n }, options);
  call.catch(() => undefined);
  await settled();
  if (socket().readyState === 0) socket().accept();
  await settled();
  return { call, calculator };
}

describe("the socket", () => {
  it("is opened by the first call, and shared with those after it", async () => {
    const openSocket = vi.fn(fake.openSocket);
    const calculator = createCalculator({ openSocket });
    expect(openSocket).not.toHaveBeenCalled();
    await startedAdd({}, calculator);
    await startedAdd({}, calculator);
    expect(openSocket.mock.calls).toEqual([["wss://server/calls", "triptych-calls.v1"]]);
    expect(socket().binaryType).toBe("arraybuffer");
    expect(socket().frames.map(({ type, stream }) => [type, stream])).toEqual([
      ["open", 1],
      ["data", 1],
      ["end", 1],
      ["open", 2],
      ["data", 2],
      ["end", 2],
    ]);
  });

  it("is closed when it was without a call for a while, and the next call opens another", async () => {
    const { call, calculator } = await startedAdd();
    await environment.advance(IDLE_MS * 5);
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    expect((await call).sum).toBe(3n);
    await environment.advance(IDLE_MS - 1);
    expect(socket().closed).toEqual([]);
    await environment.advance(1);
    expect(socket().closed).toEqual([[1000, undefined]]);
    await startedAdd({}, calculator);
    expect(fake.sockets).toHaveLength(2);
    expect(environment.timers).toBe(0);
  });

  it("that cannot be opened fails the calls that wait for it, and the next call opens another", async () => {
    const calculator = createCalculator();
    const calls = [calculator.add({}), calculator.add({})].map((call) =>
      expect(call).rejects.toMatchObject({ code: Code.Unavailable }),
    );
    await settled();
    socket().lose();
    await Promise.all(calls);
    const { call } = await startedAdd({}, calculator);
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    expect((await call).sum).toBe(3n);
    expect(fake.sockets).toHaveLength(2);
  });

  it("that takes too long to open fails the calls that wait for it", async () => {
    const lost = expect(createCalculator().add({})).rejects.toMatchObject({ code: Code.Unavailable });
    await environment.advance(CONNECT_TIMEOUT_MS);
    await lost;
    expect(socket().closed).toHaveLength(1);
  });

  it("that speaks another protocol is closed", async () => {
    const lost = expect(createCalculator().add({})).rejects.toMatchObject({ code: Code.Internal });
    await settled();
    socket().accept("");
    await lost;
    expect(socket().closed).toEqual([[4002, 'the server must speak triptych-calls.v1: got ""']]);
  });

  it.each([
    [1006, "", Code.Unavailable, "no connection to the server"],
    [1001, "", Code.Unavailable, "the server is shutting down"],
    [1002, "a stream ends once", Code.Internal, "the server closed the connection: a stream ends once"],
    [1009, "", Code.Internal, "the server closed the connection: code 1009"],
  ])("that is lost with code %i (%j) fails its calls", async (code, reason, expected, rawMessage) => {
    const { call } = await startedAdd();
    socket().lose(code, reason);
    await expect(call).rejects.toMatchObject({ code: expected, rawMessage });
    expect(environment.timers).toBe(0);
  });

  it("goes on for the calls a server that goes away has taken; those that it has not are made again elsewhere, where new ones go too", async () => {
    const { call, calculator } = await startedAdd();
    const { call: again } = await startedAdd({}, calculator);
    const old = socket();
    old.answer({ type: "goaway", stream: 1 });
    await settled();
    await startedAdd({}, calculator);
    expect(fake.sockets).toHaveLength(2);
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(5n) }, { ...ok(), stream: 1 });
    expect((await again).sum).toBe(5n);
    expect(old.closed).toEqual([]);
    old.answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    expect((await call).sum).toBe(3n);
    expect(old.closed).toEqual([[1000, undefined]]);
  });

  it("makes a call again only once, and a stream not at all", async () => {
    const { call, calculator } = await startedAdd();
    socket().answer({ type: "goaway", stream: 0 });
    await settled();
    socket().accept();
    await settled();
    socket().answer({ type: "goaway", stream: 0 });
    await expect(call).rejects.toMatchObject({ code: Code.Unavailable });
    expect(fake.sockets).toHaveLength(2);
    const total = calculator
      .runningTotal((async function* () {})())
      [Symbol.asyncIterator]()
      .next();
    total.catch(() => undefined);
    await settled();
    socket().accept();
    await settled();
    socket().answer({ type: "goaway", stream: 0 });
    await expect(total).rejects.toMatchObject({ code: Code.Unavailable });
    expect(fake.sockets).toHaveLength(3);
  });

  it("is given up when a call is for which it was silent for long", async () => {
    const left = new AbortController();
    const { calculator } = await startedAdd({ signal: left.signal });
    await environment.advance(DOUBT_MS);
    left.abort();
    expect(socket().frames.at(-1)).toEqual({ type: "cancel", stream: 1 });
    await startedAdd({}, calculator);
    expect(fake.sockets).toHaveLength(2);
  });

  it("is kept when a call is given up while the server still speaks to others", async () => {
    const left = new AbortController();
    const { calculator } = await startedAdd({ signal: left.signal });
    await startedAdd({}, calculator);
    await environment.advance(DOUBT_MS);
    socket().answer(noHeaders(2));
    left.abort();
    await startedAdd({}, calculator);
    expect(fake.sockets).toHaveLength(1);
  });
});

describe("a server that breaks the protocol", () => {
  const buffer = (...bytes: number[]) => Uint8Array.from(bytes).buffer;
  it.each([
    ["text", "hello", "messages must be binary: got text"],
    ["no frame", buffer(7), "a frame has at least 5 bytes: got 1"],
    ["a frame of a client", buffer(4, 0, 0, 0, 1), "a server sends frames of type 2, 3 and 6 to 8: got 4"],
    ["a stream that was never opened", buffer(6, 0, 0, 0, 9), "a stream must be open: got headers of 9"],
    ["data before headers", buffer(2, 0, 0, 0, 1, 0), "headers come before data"],
    ["too large a window", buffer(3, 0, 0, 0, 1, 127, 255, 255, 255), "the window must stay under"],
  ])("with %s loses the socket, and all its calls fail", async (_what, data, text) => {
    const { call, calculator } = await startedAdd();
    const { call: other } = await startedAdd({}, calculator);
    socket().push(data);
    const rawMessage = expect.stringContaining(text);
    await expect(call).rejects.toMatchObject({ code: Code.Internal, rawMessage });
    await expect(other).rejects.toMatchObject({ code: Code.Internal });
    expect(socket().closed).toEqual([[4002, rawMessage]]);
    expect(environment.timers).toBe(0);
  });

  it("with headers twice loses the socket", async () => {
    const { call } = await startedAdd();
    socket().answer(noHeaders(1), noHeaders(1));
    await expect(call).rejects.toMatchObject({ rawMessage: "the server broke the protocol: headers come once" });
  });

  it("with more than its window has room for loses the socket", async () => {
    const { call } = await startedAdd();
    socket().answer(noHeaders(1));
    const bytes = new Uint8Array(16_384);
    for (let sent = 0; sent <= INITIAL_WINDOW_BYTES; sent += bytes.length) {
      socket().answer({ type: "data", stream: 1, bytes });
    }
    await expect(call).rejects.toMatchObject({ code: Code.Internal });
  });

  it.each([
    ["no message", [], Code.Unimplemented],
    ["two messages", [sum(1n), sum(2n)], Code.Unimplemented],
    ["a message that is none", [prefixMessage(Uint8Array.of(255))], Code.Internal],
    ["half a message", [sum(1n).subarray(0, 3)], Code.Internal],
  ])("with %s fails that call only", async (_what, messages, code) => {
    const { call } = await startedAdd();
    const data = messages.map((bytes) => ({ type: "data", stream: 1, bytes }) as const);
    socket().answer(noHeaders(1), ...data, { ...ok(), stream: 1 });
    await expect(call).rejects.toMatchObject({ code });
    expect(socket().closed).toEqual([]);
  });

  it("may cut a message off when the call fails: the error is what counts", async () => {
    const { call } = await startedAdd();
    const metadata = new Headers({ "grpc-status": "4" });
    const half = { type: "data", stream: 1, bytes: sum(1n).subarray(0, 3) } as const;
    socket().answer(noHeaders(1), half, { type: "trailers", stream: 1, metadata });
    await expect(call).rejects.toMatchObject({ code: Code.DeadlineExceeded });
  });

  it("with trailers that say nothing fails that call only", async () => {
    const { call } = await startedAdd();
    socket().answer(noHeaders(1), { type: "trailers", stream: 1, metadata: new Headers() });
    await expect(call).rejects.toMatchObject({ code: Code.Internal });
    const { call: next } = await startedAdd();
    socket().answer({
      type: "trailers",
      stream: 1,
      metadata: new Headers({ "grpc-status": "5", "grpc-message": "%" }),
    });
    await expect(next).rejects.toMatchObject({ code: Code.Internal });
  });
});

describe("a call", () => {
  it("takes its metadata and its deadline along", async () => {
    await startedAdd({ headers: { "x-who": "Ada" }, timeoutMs: 1_500.2 });
    const [open] = socket().frames;
    if (open?.type !== "open") throw new Error("a call begins with an open frame");
    expect(open.path).toBe("/triptych.calculator.v1.CalculatorService/Add");
    expect([...open.metadata]).toEqual([
      ["grpc-timeout", "1501m"],
      ["x-who", "Ada"],
    ]);
  });

  it("with more metadata than a server takes fails alone", async () => {
    const { call, calculator } = await startedAdd();
    const large = calculator.add({}, { headers: { "x-large": "x".repeat(17_000) } });
    await expect(large).rejects.toMatchObject({ code: Code.ResourceExhausted });
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    expect((await call).sum).toBe(3n);
  });

  it("that is given up before the socket opens never starts", async () => {
    const left = new AbortController();
    const call = createCalculator().add({}, { signal: left.signal });
    await settled();
    left.abort();
    await expect(call).rejects.toMatchObject({ code: Code.Canceled });
    socket().accept();
    await environment.advance(IDLE_MS);
    expect(socket().frames).toEqual([]);
    expect(socket().closed).toEqual([[1000, undefined]]);
  });

  it("with a signal that is aborted already opens no socket", async () => {
    const call = createCalculator().add({}, { signal: AbortSignal.abort() });
    await expect(call).rejects.toMatchObject({ code: Code.Canceled });
    expect(fake.sockets).toEqual([]);
  });

  it("that the server ends early sends nothing more, not even a cancel", async () => {
    const { call } = await startedAdd();
    socket().answer({ type: "trailers", stream: 1, metadata: new Headers({ "grpc-status": "8" }) });
    await expect(call).rejects.toMatchObject({ code: Code.ResourceExhausted });
    expect(socket().frames.map(({ type }) => type)).toEqual(["open", "data", "end"]);
  });

  it("ignores what the server sent before it knew that the call was cancelled", async () => {
    const left = new AbortController();
    await startedAdd({ signal: left.signal });
    left.abort();
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    expect(socket().closed).toEqual([]);
  });

  it("fails, and is cancelled, when there is no next message because of an error", async () => {
    async function* broken() {
      yield { number: 1 };
      throw new Error("out of numbers");
    }
    const call = expect(createCalculator().sum(broken())).rejects.toThrow("out of numbers");
    await settled();
    socket().accept();
    await call;
    expect(socket().frames.map(({ type }) => type)).toEqual(["open", "data", "cancel"]);
  });
});

describe("flow control", () => {
  async function* endless(onNext: () => void) {
    for (;;) {
      onNext();
      yield { number: 1 };
    }
  }

  async function startedTotal() {
    const asked = vi.fn();
    const left = new AbortController();
    const responses = createCalculator().runningTotal(endless(asked), { signal: left.signal })[Symbol.asyncIterator]();
    const first = responses.next();
    first.catch(() => undefined);
    await settled();
    socket().accept();
    await settled();
    return { asked, left, responses, first };
  }

  it("sends until the window is used up, and goes on after an update", async () => {
    const { asked } = await startedTotal();
    // Each message has 9 bytes and its prefix 5.
    expect(asked).toHaveBeenCalledTimes(Math.ceil(INITIAL_WINDOW_BYTES / 14));
    socket().answer({ type: "credit", stream: 1, bytes: 14 });
    await settled();
    expect(asked).toHaveBeenCalledTimes(Math.ceil(INITIAL_WINDOW_BYTES / 14) + 1);
  });

  it("sends nothing while too much waits to go out", async () => {
    const {
      responses: _,
      first: __,
      asked,
    } = await (async () => {
      const calculator = createCalculator();
      const asked = vi.fn();
      const responses = calculator.runningTotal(endless(asked))[Symbol.asyncIterator]();
      const first = responses.next();
      first.catch(() => undefined);
      await settled();
      socket().bufferedAmount = LOW_WATER_BYTES;
      socket().accept();
      await settled();
      return { responses, first, asked };
    })();
    expect(asked).toHaveBeenCalledTimes(1);
    await environment.advance(100);
    expect(asked).toHaveBeenCalledTimes(1);
    socket().bufferedAmount = 0;
    await environment.advance(100);
    expect(asked.mock.calls.length).toBeGreaterThan(100);
  });

  it("asks for more only when messages are read", async () => {
    const { responses, first } = await startedTotal();
    const bytes = total(1n);
    const message = { type: "data", stream: 1, bytes } as const;
    const count = Math.floor(INITIAL_WINDOW_BYTES / bytes.length);
    socket().answer(noHeaders(1), ...Array<typeof message>(count).fill(message));
    const updates = () => socket().frames.filter(({ type }) => type === "credit");
    await first;
    await settled();
    expect(updates()).toEqual([]);
    for (let read = 1; read < count; read++) await responses.next();
    expect(updates().length).toBeGreaterThan(0);
    expect(updates().length).toBeLessThanOrEqual(2);
  });

  it("stops asking for messages when the call is cancelled", async () => {
    const { asked, left, first } = await startedTotal();
    const before = asked.mock.calls.length;
    left.abort();
    await expect(first).rejects.toMatchObject({ code: Code.Canceled });
    await settled();
    expect(asked).toHaveBeenCalledTimes(before);
    expect(socket().frames.at(-1)).toEqual({ type: "cancel", stream: 1 });
  });
});

describe("a recorder", () => {
  function createRecorder() {
    const seen: unknown[][] = [];
    const note =
      (what: string) =>
      (...values: unknown[]) =>
        void seen.push([what, ...values]);
    const recorder: CallRecording = {
      requestSent: note("request sent"),
      sent: note("sent"),
      sentFrame: note("sent frame"),
      sentEnd: note("sent end"),
      responseStarted: note("response"),
      received: note("received"),
      receivedFrame: note("received frame"),
      ended: note("ended"),
    };
    return { seen, recorder };
  }

  it("gets what is sent and received", async () => {
    const { seen, recorder } = createRecorder();
    const callStarted = vi.fn(() => recorder);
    const calculator = createCalculator({ recorder: () => Promise.resolve({ callStarted }) });
    const { call } = await startedAdd({ headers: { "x-who": "Ada" } }, calculator);
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    await call;
    expect(callStarted.mock.calls).toEqual([
      [
        {
          via: "websocket",
          httpMethod: "POST",
          url: "https://server/triptych.calculator.v1.CalculatorService/Add",
          headers: [["x-who", "Ada"]],
        },
      ],
    ]);
    const payload = new TextEncoder().encode("grpc-status: 0\r\n");
    expect(seen).toEqual([
      ["request sent"],
      ["sent", Uint8Array.of(0, 0, 0, 0, 4, 8, 1, 16, 2)],
      ["sent frame", { meaning: "half-close", payload: new Uint8Array(0), size: 5 }],
      ["sent end"],
      ["response", undefined, []],
      ["received", sum(3n)],
      ["received frame", { meaning: "trailers", payload, size: payload.length + 5 }],
      ["ended", { kind: "complete" }],
    ]);
  });

  it("holds up no call for longer than a second where it never arrives", async () => {
    const calculator = createCalculator({ recorder: () => new Promise(() => {}) });
    const call = calculator.add({ a: 1n, b: 2n });
    await environment.advance(MAX_LOAD_WAIT_MS);
    socket().accept();
    await settled();
    socket().answer(noHeaders(1), { type: "data", stream: 1, bytes: sum(3n) }, { ...ok(), stream: 1 });
    expect((await call).sum).toBe(3n);
  });

  it("holds up no call that is cancelled", async () => {
    const left = new AbortController();
    const calculator = createCalculator({ recorder: () => new Promise(() => {}) });
    const call = calculator.add({ a: 1n, b: 2n }, { signal: left.signal });
    await settled();
    left.abort();
    await expect(call).rejects.toMatchObject({ code: Code.Canceled });
    // Nor is its wait left behind.
    await settled();
    expect(environment.timers).toBe(0);
  });

  it.each([
    ["cancelled", (left: AbortController) => left.abort(), "cancelled"],
    ["lost", () => socket().lose(), "failed"],
  ])("is notified when a call is %s", async (_how, end, kind) => {
    const { seen, recorder } = createRecorder();
    const left = new AbortController();
    const calculator = createCalculator({ recorder: () => ({ callStarted: () => recorder }) });
    await startedAdd({ signal: left.signal }, calculator);
    end(left);
    expect(seen.at(-1)).toEqual(["ended", { kind, reason: expect.any(String) }]);
  });
});
