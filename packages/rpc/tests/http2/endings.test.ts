import { connect as connectHttp2 } from "node:http2";
import {
  data,
  goAway,
  headers,
  PREFACE,
  ping,
  rstStream,
  settings,
  windowUpdate,
} from "@triptych/testkit/http2/http2-frames.ts";
import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../src/http2/error-code.ts";
import type { Http2Stream } from "../../src/http2/face.ts";
import { FrameType, MAX_31_BITS } from "../../src/http2/frame.ts";
import { defaultLimits } from "../../src/http2/limits.ts";
import { prepareHeaders } from "../../src/http2/prepare-headers.ts";
import { openRawClient, type RawClient } from "./raw-client.ts";
import { type Behavior, echo, OK, type RecordedStream, useEngine } from "./serve-engine.ts";

const serve = useEngine();
const INITIAL_WINDOW_SIZE = 4;

const goAways = (client: RawClient) =>
  client.all(FrameType.goAway).map(({ payload }) => [payload.readUInt32BE(0), payload.readUInt32BE(4)]);

describe("a stream ends, and its consumer is notified once,", () => {
  it("when the client resets it, with the code", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(headers(1), rstStream(1, 0xffff_fff0));
    await client.settled();
    expect(engine.stream().closes).toEqual([{ kind: "peer-reset", code: 0xffff_fff0 }]);
  });

  it("when this side resets it, with the code", async () => {
    const engine = await serve({ onStream: ({ stream }) => stream.reset(ErrorCode.cancel) });
    using client = await openRawClient(engine.port);
    client.send(headers(1));
    expect(await client.resetCode(1)).toBe(ErrorCode.cancel);
    expect(engine.stream().closes).toMatchObject([{ kind: "reset", code: ErrorCode.cancel }]);
  });

  it.each<[how: string, end: (client: RawClient) => void]>([
    ["closes its side", (client) => client.socket.end()],
    ["resets the connection", (client) => client.socket.resetAndDestroy()],
    ["breaks the protocol", (client) => client.send(data(0, "a"))],
    ["goes away and then breaks the protocol", (client) => client.send(goAway(), data(0, "a"))],
    ["goes away and closes its side", (client) => client.socket.end(goAway())],
    [
      "breaks the protocol and resets the connection",
      (client) => {
        client.send(data(0, "a"));
        client.socket.resetAndDestroy();
      },
    ],
  ])("when the client %s", async (_how, end) => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(headers(1), headers(3, { end: true }), headers(5), rstStream(5));
    await client.settled();
    end(client);
    await expect.poll(() => engine.connectionsClosed).toBe(1);
    expect(engine.stream(0).closes).toMatchObject([{ kind: "connection-lost" }]);
    expect(engine.stream(1).closes).toMatchObject([{ kind: "connection-lost" }]);
    expect(engine.stream(2).closes).toMatchObject([{ kind: "peer-reset" }]);
    expect(engine.connection.openStreams).toBe(0);
  });

  it("when the connection is cut here", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(headers(1));
    await client.settled();
    engine.connection.destroy();
    expect(engine.stream().closes).toMatchObject([{ kind: "connection-lost" }]);
    await client.closed();
  });
});

describe("a connection that is closing", () => {
  it("reads on after what had to wait for another turn, so that it sees its client close", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.socket.allowHalfOpen = true;
    // More streams than a turn takes, so that the connection is not read while the last frame is taken.
    client.send(...Array.from({ length: 200 }, (_, index) => headers(2 * index + 1)), data(0, "a"));
    await client.next(FrameType.goAway);
    client.socket.end(ping());
    await expect.poll(() => engine.connectionsClosed).toBe(1);
  });

  it("is cut when its client sends on and on instead", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.socket.allowHalfOpen = true;
    client.send(data(0, "a"));
    await client.next(FrameType.goAway);
    const [socket] = engine.sockets;
    const before = socket?.bytesRead ?? 0;
    client.send(Buffer.alloc(262_144));
    await expect.poll(() => (socket?.bytesRead ?? 0) - before).toBe(262_144);
    expect(socket?.destroyed).toBe(false);
    client.send(Buffer.alloc(1));
    await expect.poll(() => engine.connectionsClosed).toBe(1);
  });
});

describe("what a consumer throws", () => {
  it.each(["onStream", "onData", "onEnd"] as const)(
    "in %s resets its stream with INTERNAL_ERROR, is reported, and costs no other stream",
    async (where) => {
      const engine = await serve({
        ...echo,
        [where]: ({ stream }: RecordedStream) => {
          if (stream.id === 1) throw new Error("a fault of the consumer");
          if (where === "onEnd") stream.respond(OK, true);
        },
      });
      using client = await openRawClient(engine.port);
      client.send(headers(1), data(1, "a"), headers(3), data(3, "a"));
      expect(await client.resetCode(1)).toBe(ErrorCode.internalError);
      await client.next(FrameType.headers, 3);
      expect(engine.errors).toMatchObject([{ message: "a fault of the consumer" }]);
    },
  );

  it("in closed is reported, and nothing else happens", async () => {
    const engine = await serve({
      ...echo,
      onClosed: () => {
        throw new Error("a fault of the consumer");
      },
    });
    using client = await openRawClient(engine.port);
    client.send(headers(1, { end: true }), headers(3, { end: true }));
    await client.next(FrameType.data, 3);
    expect(engine.errors).toHaveLength(2);
  });
});

describe("a response before the end of the request", () => {
  const early: Behavior = { onStream: ({ stream }) => stream.sendAll(OK, Buffer.from("no"), undefined) };

  it("is followed by no reset while the rest comes, which is dropped and opens the window again", async () => {
    const engine = await serve({ ...early, limits: { streamWindowSize: 65_535, connectionWindowSize: 65_535 } });
    using client = await openRawClient(engine.port);
    client.send(headers(1));
    await client.next(FrameType.data, 1);
    expect(engine.stream().closes).toEqual([{ kind: "completed" }]);
    for (let round = 0; round < 4; round++) {
      client.send(
        data(1, Buffer.alloc(16_000), false),
        data(1, Buffer.alloc(16_000), false),
        data(1, Buffer.alloc(10_000), false),
      );
      await client.settled();
    }
    expect(client.all(FrameType.rstStream)).toEqual([]);
    expect(engine.connection.openStreams).toBe(1);
    client.send(data(1, ""));
    await client.settled();
    expect(engine.connection.openStreams).toBe(0);
    expect(engine.stream().chunks).toEqual([]);
  });

  it("opens the window again by what its consumer had not taken", async () => {
    const engine = await serve({
      consumes: false,
      onData: ({ stream, body }) => {
        if (body.length === 60_000) stream.sendAll(OK, undefined, undefined);
      },
      limits: { streamWindowSize: 65_535, connectionWindowSize: 65_535 },
    });
    using client = await openRawClient(engine.port);
    client.send(headers(1), ...Array.from({ length: 6 }, () => data(1, Buffer.alloc(10_000), false)));
    await client.next(FrameType.headers, 1);
    await client.settled();
    for (const stream of [0, 1]) {
      expect(client.all(FrameType.windowUpdate, stream).map(({ payload }) => payload.readUInt32BE())).toEqual([60_000]);
    }
  });

  it(`is followed by RST_STREAM(NO_ERROR) after ${defaultLimits.restTimeoutMs / 1_000} s`, async () => {
    const engine = await serve(early);
    using client = await openRawClient(engine.port);
    client.send(headers(1));
    await client.next(FrameType.data, 1);
    engine.pass(9_000);
    await client.settled();
    expect(client.all(FrameType.rstStream)).toEqual([]);
    engine.pass(1_000);
    expect(await client.resetCode(1)).toBe(ErrorCode.noError);
    // What was on its way is ignored.
    client.send(data(1, "a", false));
    await client.settled();
    expect(client.all(FrameType.rstStream)).toHaveLength(1);
  });

  it("is followed by RST_STREAM(NO_ERROR) after so many bytes", async () => {
    const engine = await serve({ ...early, limits: { maxRestBytes: 20 } });
    using client = await openRawClient(engine.port);
    client.send(headers(1), data(1, Buffer.alloc(20), false));
    await client.settled();
    expect(client.all(FrameType.rstStream)).toEqual([]);
    client.send(data(1, Buffer.alloc(1), false));
    expect(await client.resetCode(1)).toBe(ErrorCode.noError);
  });

  it("reaches a client on Node that goes on sending", async () => {
    const engine = await serve(early);
    const session = connectHttp2(`http://127.0.0.1:${engine.port}`);
    const stream = session.request({ ":method": "POST", ":path": "/" });
    const answered = stream.toArray();
    const sent = Promise.withResolvers<void>();
    stream.end(Buffer.alloc(3_000_000), () => sent.resolve());
    expect(Buffer.concat(await answered).toString()).toBe("no");
    await sent.promise;
    session.destroy();
  });
});

describe("an interim response", () => {
  it("comes before the response", async () => {
    const engine = await serve({
      onStream: ({ stream }) => stream.informational(prepareHeaders(100)),
      onEnd: ({ stream }) => stream.sendAll(OK, undefined, undefined),
    });
    using client = await openRawClient(engine.port);
    client.send(headers(1, { more: [["expect", "100-continue"]] }));
    // 100 has no entry in the static table; 8 is the name (RFC 7541, 6.2.2).
    expect((await client.next(FrameType.headers, 1)).payload.toString("latin1")).toBe("\x08\x03100");
    client.send(data(1, "a"));
    await client.until(() => client.all(FrameType.headers, 1)[1]);
    expect(client.all(FrameType.headers, 1).map(({ flags }) => flags)).toEqual([4, 5]);
  });

  it("to a client that has left by then does nothing", async () => {
    const engine = await serve({ onClosed: ({ stream }) => stream.informational(prepareHeaders(100)) });
    using client = await openRawClient(engine.port);
    client.send(headers(1, { more: [["expect", "100-continue"]] }), rstStream(1));
    await client.settled();
    expect(client.all(FrameType.headers)).toEqual([]);
  });
});

describe("a stream that is used in the wrong order throws", () => {
  it.each([
    ["write before respond", (stream: Http2Stream) => stream.write(Buffer.alloc(1))],
    ["end before respond", (stream: Http2Stream) => stream.end()],
  ])("%s", async (_what, use) => {
    const engine = await serve({ onStream: ({ stream }) => void use(stream) });
    using client = await openRawClient(engine.port);
    client.send(headers(1));
    expect(await client.resetCode(1)).toBe(ErrorCode.internalError);
    expect(engine.errors).toHaveLength(1);
  });

  it("and does nothing once it is closed", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(headers(1), rstStream(1));
    await client.settled();
    const { stream } = engine.stream();
    stream.respond(OK, false);
    stream.write(Buffer.alloc(1));
    stream.end(Buffer.alloc(1), OK);
    stream.sendAll(OK, undefined, undefined);
    stream.reset(ErrorCode.cancel);
    stream.consumed(10);
    await client.settled();
    expect(client.frames.filter((frame) => frame.stream === 1)).toEqual([]);
  });
});

describe("going away", () => {
  it("lets the client know in two steps, and streams finish (6.8)", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port, { answersPings: false });
    client.send(headers(1));
    await client.settled();
    engine.connection.goAway();
    engine.connection.goAway();
    const asked = await client.until(() => client.all(FrameType.ping).find(({ flags }) => flags === 0));
    expect(goAways(client)).toEqual([[MAX_31_BITS, 0]]);
    // Was on its way when the client got it.
    client.send(headers(3, { end: true }), ping(1, asked.payload));
    await client.until(() => client.all(FrameType.goAway)[1]);
    expect(goAways(client)[1]).toEqual([3, 0]);
    // A client should not, now: it is ignored.
    client.send(headers(5, { end: true }), data(1, "a"));
    await client.closed();
    expect(client.all(FrameType.data).map(({ stream }) => stream)).toEqual([3, 1]);
    expect(engine.streams).toHaveLength(2);
    expect(goAways(client)).toHaveLength(2);
  });

  it("goes on by itself when the client answers no ping", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port, { answersPings: false });
    client.send(headers(1, { end: true }));
    await client.settled();
    engine.connection.goAway();
    engine.pass(10_000);
    await client.closed();
    expect(goAways(client)).toEqual([
      [MAX_31_BITS, 0],
      [1, 0],
    ]);
  });

  it("ignores all of a stream that comes after the last, and its others finish (6.8)", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port, { answersPings: false });
    client.send(headers(1));
    await client.settled();
    engine.connection.goAway();
    engine.pass(10_000);
    await client.until(() => client.all(FrameType.goAway)[1]);
    for (let id = 3; id < 403; id += 2) client.send(headers(id), data(id, "a", false), headers(id, { end: true }));
    client.send(data(1, "a"));
    await client.closed();
    expect((await client.next(FrameType.data, 1)).payload.toString()).toBe("POST /a a");
    expect(client.all(FrameType.rstStream)).toEqual([]);
    expect(goAways(client)).toHaveLength(2);
  });

  it("closes a connection without streams at once", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    await client.settled();
    engine.connection.goAway();
    await client.closed();
  });

  it("of the client lets its streams finish, and then the connection is closed", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(headers(1), goAway(), data(1, "a"));
    await client.closed();
    expect((await client.next(FrameType.data, 1)).payload.toString()).toBe("POST /a a");
    expect(goAways(client)).toEqual([[1, 0]]);
  });
});

describe("time limits", () => {
  it("cut a connection whose preface does not come", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port, { greets: false });
    client.send(PREFACE.subarray(0, 23));
    await expect.poll(() => engine.sockets[0]?.bytesRead).toBe(23);
    engine.pass(9_000);
    expect(engine.sockets[0]?.destroyed).toBe(false);
    engine.pass(1_000);
    await client.closed();
  });

  it("end a connection that does not acknowledge our settings (6.5.3)", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port, { greets: false });
    client.send(PREFACE, settings());
    await client.settled();
    engine.pass(20_000);
    expect(await client.goAwayCode()).toBe(ErrorCode.settingsTimeout);
  });

  it("cut a connection that answers no ping when it is asked the third time", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port, { answersPings: false });
    client.send(headers(1));
    await client.settled();
    engine.pass(89_000);
    await client.settled();
    expect(client.all(FrameType.ping).filter(({ flags }) => flags === 0)).toHaveLength(2);
    engine.pass(1_000);
    await client.closed();
    expect(engine.stream().closes).toMatchObject([{ kind: "connection-lost" }]);
  });

  it("leave a connection that answers pings, and send it away when no stream has begun for 10 minutes", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(headers(1));
    await client.settled();
    for (let second = 0; second < 599; second += 1) {
      engine.pass(1_000);
      await client.settled();
    }
    expect(client.all(FrameType.goAway)).toEqual([]);
    engine.pass(2_000);
    await client.next(FrameType.goAway);
    await client.settled();
    expect(engine.connection.openStreams).toBe(1);
    client.send(rstStream(1));
    await client.closed();
  });

  it("reset a stream whose response is complete and is not taken: 30 s, and a second for each KiB that waits", async () => {
    const engine = await serve({ onEnd: ({ stream }) => stream.sendAll(OK, Buffer.alloc(10_240), undefined) });
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    engine.pass(39_000);
    await client.settled();
    expect(client.all(FrameType.rstStream)).toEqual([]);
    engine.pass(1_000);
    expect(await client.resetCode(1)).toBe(ErrorCode.cancel);
    expect(engine.stream().closes).toMatchObject([{ kind: "reset" }]);
  });

  it("do not reset a stream whose response goes on", async () => {
    const engine = await serve({
      onEnd: ({ stream }) => {
        stream.respond(OK, false);
        stream.write(Buffer.alloc(100));
      },
    });
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    engine.pass(60_000);
    await client.settled();
    expect(client.all(FrameType.rstStream)).toEqual([]);
  });

  it("cut a connection whose socket takes nothing", async () => {
    const body = Buffer.alloc(1_000_000);
    const engine = await serve({
      onEnd: ({ stream }) => stream.sendAll(OK, body, undefined),
      limits: { pingIntervalMs: 1e9 },
    });
    using client = await openRawClient(engine.port, { reads: false, settings: [[INITIAL_WINDOW_SIZE, 0x7fff_ffff]] });
    client.send(windowUpdate(0, 0x7fff_0000));
    for (let index = 0; index < 20; index++) client.send(headers(2 * index + 1, { end: true }));
    await expect.poll(() => engine.sockets[0]?.writableNeedDrain).toBe(true);
    engine.pass(25_000);
    expect(engine.sockets[0]?.destroyed).toBe(false);
    engine.pass(200_000);
    await expect.poll(() => engine.connectionsClosed).toBe(1);
  });

  it("cut a connection that was asked to close and does not", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.socket.allowHalfOpen = true;
    client.send(data(0, "a"));
    await client.next(FrameType.goAway);
    engine.pass(2_000);
    await expect.poll(() => engine.connectionsClosed).toBe(1);
  });
});

it("a connection that goes away is not closed before its last response is out, however slowly that is read", async () => {
  const body = Buffer.alloc(8_000_000);
  const engine = await serve({ onEnd: ({ stream }) => stream.sendAll(OK, body, undefined) });
  using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0x7fff_ffff]] });
  client.send(windowUpdate(0, 0x7fff_0000), headers(1, { end: true }));
  await client.next(FrameType.data, 1);
  client.socket.pause();
  await expect.poll(() => engine.sockets[0]?.writableNeedDrain).toBe(true);
  engine.connection.goAway();
  engine.pass(15_000);
  client.socket.resume();
  await client.closed();
  const received = client.all(FrameType.data, 1).reduce((sum, { payload }) => sum + payload.length, 0);
  expect(received).toBe(body.length);
});

it("a connection that is cut by its consumer takes no frame more", async () => {
  const engine = await serve({ onStream: ({ stream }) => stream.connection.destroy() });
  using client = await openRawClient(engine.port);
  client.send(headers(1), headers(3), headers(5));
  await client.closed();
  expect(engine.streams).toHaveLength(1);
});
