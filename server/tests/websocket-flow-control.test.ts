import { once } from "node:events";
import { Code, type HandlerContext } from "@connectrpc/connect";
import { findTrailerError } from "@connectrpc/connect/protocol-grpc";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import type { RpcHandlerOptions } from "@triptych/rpc/rpc-handler.ts";
import { openCallClient } from "@triptych/testkit/clients/call-client.ts";
import { bytesOf, frameOf, openSocket, type RawSocket } from "@triptych/testkit/clients/raw-socket.ts";
import type { ServedRoutes } from "@triptych/testkit/servers/serve-routes.ts";
import { type CallFrame, encodeFrame } from "@triptych/wire/call-frames.ts";
import { INITIAL_WINDOW_BYTES, MAX_OPEN_STREAMS, MAX_WINDOW_BYTES } from "@triptych/wire/call-protocol.ts";
import { afterEach, describe, expect, it } from "vitest";
import { type GreeterMethods, serveGreeter } from "./serve-greeter.ts";
import { settled, turnOfEventLoop, usedMemory } from "./used-memory.ts";

const TIMEOUT = { timeout: 5_000, interval: 5 };
const { sayHello, watchGreetings, greetGroup, converse } = GreeterService.method;
const LONG = "x".repeat(10_000);

let served: ServedRoutes | undefined;

async function serve(methods: GreeterMethods, options: Partial<RpcHandlerOptions> = {}): Promise<ServedRoutes> {
  served = await serveGreeter(methods, options);
  return served;
}

afterEach(async () => {
  await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
  await expect.poll(() => served?.listener.openConnections(), TIMEOUT).toBe(0);
  await served?.close();
});

const untilOver = ({ signal }: HandlerContext) => once(signal, "abort");
const greeting = (name: string) => ({ update: { case: "greeting", value: { name } } }) as const;

describe("a stream whose client does not read", () => {
  it("makes its handler wait, costs flat memory and stalls no other stream", async () => {
    let made = 0;
    const { baseUrl } = await serve({
      async *watchGreetings() {
        for (;;) {
          made += 1;
          yield greeting(LONG);
        }
      },
      async *converse(requests) {
        for await (const { name } of requests) yield { message: name };
      },
    });
    const { call, socket } = await openCallClient(baseUrl);
    const stalled = call(watchGreetings);
    const live = call(converse);
    await stalled.send({});
    stalled.end();
    await stalled.headers;
    const madeAtFirst = await settled(() => made);
    // What the window has room for, one message that waits for more, and one that is made ahead.
    expect(madeAtFirst).toBeLessThanOrEqual(Math.ceil(INITIAL_WINDOW_BYTES / LONG.length) + 2);
    const before = await usedMemory();
    for (let round = 0; round < 500; round++) {
      await live.send({ name: LONG });
      expect((await live.messages.next()).value?.message).toBe(LONG);
    }
    expect(made).toBe(madeAtFirst);
    await expect.poll(async () => (await usedMemory()) - before, TIMEOUT).toBeLessThan(4);
    for (let read = 0; read < 50; read++) expect((await stalled.messages.next()).done).toBe(false);
    expect(made).toBeGreaterThan(madeAtFirst + 40);
    socket.close();
  });

  it("takes one message that is larger than the window, piece by piece", async () => {
    const name = "y".repeat(10 * INITIAL_WINDOW_BYTES);
    const { baseUrl } = await serve({
      async *watchGreetings() {
        yield greeting(name);
      },
    });
    const { call, socket } = await openCallClient(baseUrl);
    const stream = call(watchGreetings);
    await stream.send({});
    stream.end();
    expect(await Array.fromAsync(stream.messages)).toMatchObject([greeting(name)]);
    socket.close();
  });
});

describe("a stream that stands still because its client does not read", () => {
  const endless: GreeterMethods = {
    async *watchGreetings() {
      for (;;) yield greeting(LONG);
    },
  };

  it("ends at its deadline", async () => {
    const { baseUrl } = await serve(endless);
    const { call, socket } = await openCallClient(baseUrl);
    const stalled = call(watchGreetings, { "grpc-timeout": "50m" });
    await stalled.send({});
    stalled.end();
    expect(findTrailerError(await stalled.trailers)).toMatchObject({ code: Code.DeadlineExceeded });
    await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
    socket.close();
  });

  it("ends when the server drains", async () => {
    const { baseUrl, drain } = await serve(endless);
    const { call, closed } = await openCallClient(baseUrl);
    const stalled = call(watchGreetings);
    await stalled.send({});
    stalled.end();
    await stalled.headers;
    await turnOfEventLoop();
    drain();
    expect(findTrailerError(await stalled.trailers)).toMatchObject({ code: Code.Unavailable });
    expect((await closed).code).toBe(1001);
  });

  it("ends at its deadline also when the socket itself is full", async () => {
    const { baseUrl } = await serve(endless);
    const client = await openSocket(baseUrl, "/triptych.greeter.v1.GreeterService/WatchGreetings", "grpc-websockets");
    client.socket.pause();
    client.send(Buffer.from("grpc-timeout: 300m\r\n"));
    client.send("00 00 00000000");
    client.send("01");
    await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(1);
    await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
    client.socket.resume();
    const trailers = (await client.rest()).at(-1)?.toString();
    expect(trailers).toContain(`grpc-status: ${Code.DeadlineExceeded}\r\n`);
  });
});

describe("a stream whose handler does not read", () => {
  it("makes its client wait and stalls no other stream, and nothing is lost", async () => {
    const go = Promise.withResolvers<void>();
    const { baseUrl } = await serve({
      async greetGroup(requests) {
        await go.promise;
        return { count: (await Array.fromAsync(requests)).length };
      },
      sayHello: ({ name }) => ({ message: name }),
    });
    const { call, socket } = await openCallClient(baseUrl);
    const stalled = call(greetGroup);
    let sent = 0;
    const sending = (async () => {
      for (; sent < 100; sent++) await stalled.send({ name: LONG });
      stalled.end();
    })();
    expect(await settled(() => sent)).toBe(Math.floor(INITIAL_WINDOW_BYTES / (LONG.length + 8)));
    for (let round = 0; round < 100; round++) {
      const live = call(sayHello);
      await live.send({ name: LONG });
      live.end();
      expect(await Array.fromAsync(live.messages)).toMatchObject([{ message: LONG }]);
    }
    go.resolve();
    await sending;
    expect(await Array.fromAsync(stalled.messages)).toMatchObject([{ count: 100 }]);
    socket.close();
  });

  it("takes one message that is larger than the window, piece by piece, up to the limit of messages", async () => {
    const { baseUrl } = await serve(
      { sayHello: ({ name }) => ({ message: String(name.length) }) },
      { readMaxBytes: 1_000_000 },
    );
    const { call, socket } = await openCallClient(baseUrl);
    const large = call(sayHello);
    await large.send({ name: "y".repeat(900_000) });
    large.end();
    expect(await Array.fromAsync(large.messages)).toMatchObject([{ message: "900000" }]);
    const tooLarge = call(sayHello);
    const sending = tooLarge.send({ name: "y".repeat(1_100_000) });
    expect(findTrailerError(await tooLarge.trailers)).toMatchObject({ code: Code.ResourceExhausted });
    await expect(sending).rejects.toThrow("the call is over");
    socket.close();
  });
});

describe("the number of open streams", () => {
  it("is bounded, and cancelling makes room only when the handler has ended", async () => {
    const go = Promise.withResolvers<void>();
    const { baseUrl } = await serve({
      // Observes no signal.
      sayHello: async () => {
        await go.promise;
        return {};
      },
    });
    const { call, socket } = await openCallClient(baseUrl);
    const calls = Array.from({ length: MAX_OPEN_STREAMS }, () => call(sayHello));
    for (const one of calls) {
      await one.send({});
      one.end();
    }
    await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(MAX_OPEN_STREAMS);
    for (const one of calls) one.cancel();
    const refused = call(sayHello);
    expect(findTrailerError(await refused.trailers)).toMatchObject({
      code: Code.ResourceExhausted,
      rawMessage: `at most ${MAX_OPEN_STREAMS} calls may be open`,
    });
    go.resolve();
    await expect.poll(() => served?.rpc.running.count, TIMEOUT).toBe(0);
    const taken = call(sayHello);
    await taken.send({});
    taken.end();
    expect((await taken.trailers).get("grpc-status")).toBe("0");
    socket.close();
  });
});

describe("a client that asks and never listens", () => {
  it("is not read any more, so that answers do not pile up", async () => {
    const { baseUrl } = await serve({});
    const { socket, send } = await openSocket(baseUrl, "/calls", "triptych-calls.v1");
    socket.pause();
    const before = await usedMemory();
    const MEGABYTE = 1_048_576;
    let stream = 0;
    const path = `/a.B/${"C".repeat(190)}`;
    do {
      while (socket.bufferedAmount < MEGABYTE) {
        stream += 1;
        send(encodeFrame({ type: "open", stream, path, metadata: new Headers() }));
        // The server is in this process: it reads when it has its turn.
        if (stream % 256 === 0) await turnOfEventLoop();
      }
      await settled(() => socket.bufferedAmount);
    } while (socket.bufferedAmount < MEGABYTE);
    await expect.poll(async () => (await usedMemory()) - before, TIMEOUT).toBeLessThan(12);
    socket.terminate();
  });
});

describe("a server that drains", () => {
  it("says so, ends streams with UNAVAILABLE, lets unary calls finish, takes no new ones and closes the socket", async () => {
    const asked = Promise.withResolvers<void>();
    const answer = Promise.withResolvers<{ message: string }>();
    const server = await serve({
      sayHello() {
        asked.resolve();
        return answer.promise;
      },
      async *watchGreetings(_request, context) {
        yield {};
        await untilOver(context);
      },
    });
    const idle = await openCallClient(server.baseUrl);
    const { call, goAway, closed } = await openCallClient(server.baseUrl);
    const unary = call(sayHello);
    const stream = call(watchGreetings);
    for (const one of [unary, stream]) {
      await one.send({});
      one.end();
    }
    await stream.messages.next();
    await asked.promise;
    server.drain();
    expect(await idle.goAway).toBe(0);
    expect((await idle.closed).code).toBe(1001);
    expect(await goAway).toBe(stream.stream);
    expect(findTrailerError(await stream.trailers)).toMatchObject({ code: Code.Unavailable });
    const late = call(sayHello);
    expect(findTrailerError(await late.trailers)).toMatchObject({ code: Code.Unavailable });
    answer.resolve({ message: "in time" });
    expect(await Array.fromAsync(unary.messages)).toMatchObject([{ message: "in time" }]);
    expect((await closed).code).toBe(1001);
  });
});

const OPEN: CallFrame = {
  type: "open",
  stream: 2,
  path: "/triptych.greeter.v1.GreeterService/Converse",
  metadata: new Headers(),
};

/** What a client may do wrong, after it has opened stream 2. */
const malformed: readonly [what: string, send: (socket: RawSocket) => void, code: number, reason: string][] = [
  ["text", ({ socket }) => socket.send("hello"), 1003, "messages must be binary: got text"],
  ["nothing", ({ send }) => send(""), 1002, "a frame has at least 5 bytes: got 0"],
  ["a type that is none", ({ send }) => send("09 00000002"), 1002, "a client sends frames of type 1 to 5: got 9"],
  ["a frame of the server", ({ send }) => send("07 00000002"), 1002, "a client sends frames of type 1 to 5: got 7"],
  ["stream 0", ({ send }) => send("04 00000000"), 1002, "a stream id must be 1 or more: got 0"],
  [
    "a stream that was not opened",
    ({ send }) => send("02 00000003 00"),
    1002,
    "a stream begins with an open frame: got data",
  ],
  ["a stream twice", ({ send }) => send(encodeFrame(OPEN)), 1002, "a stream id must be more than 2: got 2"],
  [
    "a stream before the last",
    ({ send }) => send(encodeFrame({ ...OPEN, stream: 1 })),
    1002,
    "a stream id must be more than 2: got 1",
  ],
  [
    "more data than its window has room for",
    ({ send }) => {
      for (let count = 0; count < 5; count++) {
        send(encodeFrame({ type: "data", stream: 2, bytes: new Uint8Array(16_384).fill(255) }));
      }
    },
    1002,
    "the window had 0 bytes left: got 16384",
  ],
  [
    "data after the end",
    ({ send }) => {
      send("04 00000002");
      send("02 00000002 00");
    },
    1002,
    "no data may come after the end of the client's messages",
  ],
  [
    "two ends",
    ({ send }) => {
      send("04 00000002");
      send("04 00000002");
    },
    1002,
    "a stream ends once",
  ],
  [
    "a window larger than one may be",
    ({ send }) => send(encodeFrame({ type: "credit", stream: 2, bytes: MAX_WINDOW_BYTES })),
    1002,
    `the window must stay under ${MAX_WINDOW_BYTES + 1} bytes`,
  ],
  ["a frame that is too large", ({ send }) => send(new Uint8Array(16_390)), 1009, ""],
];

describe("a client that breaks the protocol", () => {
  it.each(malformed)("with %s loses the socket, is told why, and leaves no handler behind", async (_what, ...rest) => {
    const [send, code, reason] = rest;
    const { baseUrl } = await serve({
      async *converse(_requests, context) {
        yield {};
        await untilOver(context);
      },
    });
    const socket = await openSocket(baseUrl, "/calls", "triptych-calls.v1");
    socket.send(encodeFrame(OPEN));
    // The headers: the handler runs.
    expect((await socket.next())[0]).toBe(6);
    send(socket);
    expect(await socket.closed).toEqual({ code, reason });
  });

  it("within a call gets the status of that call alone", async () => {
    const { baseUrl } = await serve({ sayHello: ({ name }) => ({ message: name }) });
    const { call, socket } = await openCallClient(baseUrl);
    const malformedCall = call(sayHello);
    socket.send(encodeFrame({ type: "data", stream: malformedCall.stream, bytes: bytesOf("00 00000009 0a") }));
    malformedCall.end();
    expect(findTrailerError(await malformedCall.trailers)).toMatchObject({ code: Code.InvalidArgument });
    const good = call(sayHello);
    await good.send({ name: "Ada" });
    good.end();
    expect(await Array.fromAsync(good.messages)).toMatchObject([{ message: "Ada" }]);
    socket.close();
  });

  it("by frames for a call that is over does no harm", async () => {
    const { baseUrl } = await serve({ sayHello: ({ name }) => ({ message: name }) });
    const { call, socket } = await openCallClient(baseUrl);
    const over = call({ ...sayHello, name: "Nothing" });
    await over.trailers;
    for (const frame of [
      { type: "data", stream: over.stream, bytes: frameOf(bytesOf("00")) },
      { type: "credit", stream: over.stream, bytes: 1 },
      { type: "end", stream: over.stream },
      { type: "cancel", stream: over.stream },
    ] as const) {
      socket.send(encodeFrame(frame));
    }
    const good = call(sayHello);
    await good.send({ name: "Ada" });
    good.end();
    expect(await Array.fromAsync(good.messages)).toMatchObject([{ message: "Ada" }]);
    socket.close();
  });
});
