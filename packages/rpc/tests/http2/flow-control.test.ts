import {
  block,
  data,
  frame,
  headers,
  requestFields,
  rstStream,
  settings,
  windowUpdate,
} from "@triptych/testkit/http2/http2-frames.ts";
import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../src/http2/error-code.ts";
import { FrameType } from "../../src/http2/frame.ts";
import { prepareHeaders } from "../../src/http2/prepare-headers.ts";
import { HttpDate } from "../../src/http2/response-date.ts";
import { openRawClient, type RawClient } from "./raw-client.ts";
import { type Behavior, OK, useEngine } from "./serve-engine.ts";

const serve = useEngine();
const INITIAL_WINDOW_SIZE = 4;
const HEADER_TABLE_SIZE = 1;

const bytesOf = (client: RawClient, stream?: number) =>
  client.all(FrameType.data, stream).reduce((sum, { payload }) => sum + payload.length, 0);

async function untilBytes(client: RawClient, amount: number, stream?: number): Promise<void> {
  await client.until(() => (bytesOf(client, stream) >= amount ? true : undefined));
}

const answer = (body: number | string): Behavior => ({
  onEnd: ({ stream }) => stream.sendAll(OK, Buffer.from(typeof body === "number" ? "b".repeat(body) : body), undefined),
});

describe("what is sent", () => {
  it("keeps to the window of a stream, and goes on when it opens (5.2)", async () => {
    const engine = await serve(answer(10));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 3]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    expect(bytesOf(client)).toBe(3);
    expect(engine.connection.bufferedBytes).toBe(7);
    client.send(windowUpdate(1, 5));
    await client.settled();
    expect(bytesOf(client)).toBe(8);
    client.send(windowUpdate(1, 100));
    await client.settled();
    expect(client.all(FrameType.data).at(-1)).toMatchObject({ flags: 1, payload: Buffer.from("bb") });
  });

  it("keeps to the window of the connection", async () => {
    const engine = await serve(answer(100_000));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 1_000_000]] });
    client.send(headers(1, { end: true }), headers(3, { end: true }));
    await untilBytes(client, 65_535);
    await client.settled();
    expect(bytesOf(client)).toBe(65_535);
    client.send(windowUpdate(0, 200_000));
    await untilBytes(client, 200_000);
    expect(bytesOf(client, 1)).toBe(100_000);
    expect(bytesOf(client, 3)).toBe(100_000);
  });

  it("comes in frames that every client takes (4.2)", async () => {
    const engine = await serve(answer(60_000));
    using client = await openRawClient(engine.port);
    client.send(headers(1, { end: true }));
    await untilBytes(client, 60_000);
    expect(Math.max(...client.all(FrameType.data).map(({ payload }) => payload.length))).toBe(16_384);
  });

  it("is shared between the streams of a connection that wait", async () => {
    const engine = await serve(answer(1_000_000));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 1_000_000]] });
    client.send(headers(1, { end: true }), headers(3, { end: true }), headers(5, { end: true }));
    await untilBytes(client, 65_535);
    client.send(windowUpdate(0, 30 * 16_384));
    await untilBytes(client, 65_535 + 30 * 16_384);
    // The first stream had what was left of the window at the begin.
    expect(bytesOf(client, 3)).toBeGreaterThanOrEqual(9 * 16_384);
    expect(bytesOf(client, 5)).toBeGreaterThanOrEqual(9 * 16_384);
  });

  it("does not make a stream whose window is closed hold up another", async () => {
    const engine = await serve(answer(10));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    client.send(headers(1, { end: true }), headers(3, { end: true }), windowUpdate(3, 10));
    await untilBytes(client, 10, 3);
    expect(bytesOf(client, 1)).toBe(0);
  });

  it("follows a change of the initial window, also below zero (6.9.2)", async () => {
    const engine = await serve(answer(20));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 10]] });
    client.send(headers(1, { end: true }));
    await untilBytes(client, 10);
    // -7 are left, and 5 of these 12 more.
    client.send(settings([[INITIAL_WINDOW_SIZE, 3]]), windowUpdate(1, 7));
    await client.settled();
    expect(bytesOf(client)).toBe(10);
    client.send(windowUpdate(1, 5));
    await client.settled();
    expect(bytesOf(client)).toBe(15);
    client.send(settings([[INITIAL_WINDOW_SIZE, 100]]));
    await client.settled();
    expect(bytesOf(client)).toBe(20);
  });

  it("comes behind the acknowledgement of the settings that let it out (6.5.3)", async () => {
    const engine = await serve(answer(20));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    const before = client.frames.length;
    client.send(settings([[INITIAL_WINDOW_SIZE, 100]]));
    await untilBytes(client, 20);
    expect(client.frames.slice(before).map(({ type }) => type)).toEqual([FrameType.settings, FrameType.data]);
  });

  it("needs no window where it has no bytes", async () => {
    const engine = await serve({
      onEnd: ({ stream }) => {
        stream.respond(OK, false);
        stream.end();
      },
    });
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    client.send(headers(1, { end: true }));
    expect(await client.next(FrameType.data, 1)).toMatchObject({ flags: 1, payload: Buffer.alloc(0) });
  });

  it("has trailers wait behind the body", async () => {
    const trailers = prepareHeaders(undefined, [["x", "y"]]);
    const engine = await serve({ onEnd: ({ stream }) => stream.sendAll(OK, Buffer.from("body"), trailers) });
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 3]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    expect(client.all(FrameType.headers)).toHaveLength(1);
    client.send(windowUpdate(1, 1));
    await client.settled();
    expect(client.frames.slice(-3).map(({ type, flags }) => [type, flags])).toEqual([
      [FrameType.data, 0],
      [FrameType.headers, 5],
      [FrameType.ping, 1],
    ]);
  });

  it("stops a writer that has enough waiting, and notifies it when there is room", async () => {
    let isFull = false;
    const engine = await serve({
      limits: { writeHighWaterMark: 100 },
      onEnd: ({ stream }) => {
        stream.respond(OK, false);
        stream.write(Buffer.alloc(60));
        isFull = !stream.write(Buffer.alloc(60));
      },
      onDrained: ({ stream }) => stream.end(Buffer.alloc(1)),
    });
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    expect(isFull).toBe(true);
    client.send(windowUpdate(1, 60));
    await client.settled();
    expect(engine.stream().drains).toBe(0);
    client.send(windowUpdate(1, 10));
    await client.until(() => (engine.stream().drains > 0 ? true : undefined));
    client.send(windowUpdate(1, 100));
    await untilBytes(client, 121);
    expect(engine.stream().drains).toBe(1);
  });

  it("lets a writer that never waits have no turn that does not end", async () => {
    const engine = await serve({
      onEnd: ({ stream }) => {
        stream.respond(OK, false);
        while (stream.write(Buffer.alloc(1_000)));
      },
    });
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, 0x7fff_ffff]] });
    client.send(windowUpdate(0, 0x7fff_0000), headers(1, { end: true }));
    await client.until(() => (bytesOf(client) > 100_000 ? true : undefined));
    expect(engine.stream().stream.bufferedBytes).toBeLessThan(100_000);
  });

  it.each([
    ["the stream", 0, 100_000],
    ["the connection", 1_000_000, 100_000 - 65_535],
  ])("and waits for the window of %s is dropped with its stream", async (_what, window, waiting) => {
    const engine = await serve(answer(100_000));
    using client = await openRawClient(engine.port, { settings: [[INITIAL_WINDOW_SIZE, window]] });
    client.send(headers(1, { end: true }));
    await client.settled();
    expect(engine.connection.bufferedBytes).toBe(waiting);
    client.send(rstStream(1));
    await client.settled();
    expect(engine.connection.bufferedBytes).toBe(0);
  });
});

describe("what is received", () => {
  const limits = { streamWindowSize: 65_535, connectionWindowSize: 65_535 };
  const upload = (stream: number, amount: number, end: boolean) => {
    const frames: Buffer[] = [];
    for (let left = amount; left > 0; left -= 16_384) {
      frames.push(data(stream, Buffer.alloc(Math.min(left, 16_384)), end && left <= 16_384));
    }
    return frames;
  };
  const updates = (client: RawClient, stream: number) =>
    client.all(FrameType.windowUpdate, stream).reduce((sum, { payload }) => sum + payload.readUInt32BE(0), 0);

  it("is given back as it is consumed, not as it comes", async () => {
    const engine = await serve({ consumes: false, limits });
    using client = await openRawClient(engine.port);
    client.send(headers(1), ...upload(1, 65_535, false));
    await client.settled();
    expect(engine.stream().body.length).toBe(65_535);
    expect(updates(client, 0) + updates(client, 1)).toBe(0);
    engine.stream().stream.consumed(40_000);
    await client.settled();
    expect([updates(client, 0), updates(client, 1)]).toEqual([40_000, 40_000]);
    client.send(...upload(1, 40_000, true));
    await client.settled();
    expect(engine.stream().ends).toBe(1);
    // The stream of a request that has ended needs no window update.
    engine.stream().stream.consumed(1_000_000);
    await client.settled();
    expect([updates(client, 0), updates(client, 1)]).toEqual([105_535, 40_000]);
  });

  it("counts padding, which needs no consumer (6.9.1)", async () => {
    const engine = await serve({ consumes: false, limits });
    using client = await openRawClient(engine.port);
    const padded = frame(FrameType.data, 8, 1, Buffer.concat([Buffer.of(255), Buffer.alloc(255)]));
    client.send(headers(1), ...Array.from({ length: 200 }, () => padded));
    await client.settled();
    expect(updates(client, 1)).toBeGreaterThan(30_000);
    expect(updates(client, 0)).toBe(updates(client, 1));
  });

  it("comes back to the connection when a stream is closed", async () => {
    const engine = await serve({ consumes: false, limits });
    using client = await openRawClient(engine.port);
    client.send(headers(1), ...upload(1, 50_000, false), rstStream(1));
    await client.settled();
    expect(updates(client, 0)).toBe(50_000);
  });

  it("comes back for a stream that was reset here, and for one that is closed (5.1, 6.9)", async () => {
    const engine = await serve({ limits, onStream: ({ stream }) => stream.reset(ErrorCode.cancel) });
    using client = await openRawClient(engine.port);
    client.send(headers(1), ...upload(1, 50_000, false));
    await client.settled();
    expect(updates(client, 0)).toBe(2 * 16_384);
  });

  it("beyond the window of a stream is a stream error (6.9.1)", async () => {
    const engine = await serve({ consumes: false, limits: { streamWindowSize: 65_535 } });
    using client = await openRawClient(engine.port);
    client.send(headers(1), ...upload(1, 65_536, false));
    expect(await client.resetCode(1)).toBe(ErrorCode.flowControlError);
    await client.settled();
  });

  it("beyond the window of the connection is a connection error", async () => {
    const engine = await serve({ consumes: false, limits: { ...limits, streamWindowSize: 100_000 } });
    using client = await openRawClient(engine.port);
    client.send(headers(1), ...upload(1, 65_536, false));
    expect(await client.goAwayCode()).toBe(ErrorCode.flowControlError);
    expect(engine.stream().closes).toMatchObject([{ kind: "connection-lost" }]);
  });
});

describe("header blocks", () => {
  const { indexed, plain } = new HttpDate(0);
  const okWith = (date: Uint8Array) => `88${Buffer.from(date).toString("hex")}`;

  it("begin with a size update once the client allows a smaller table (RFC 7541, 4.2)", async () => {
    const engine = await serve(answer("a"));
    using client = await openRawClient(engine.port, { settings: [[HEADER_TABLE_SIZE, 0]] });
    client.send(headers(1, { end: true }), headers(3, { end: true }));
    await client.next(FrameType.data, 3);
    const blocks = client.all(FrameType.headers).map(({ payload }) => payload.toString("hex"));
    expect(blocks).toEqual([`20${okWith(plain)}`, okWith(plain)]);
  });

  it("do not where the client allows as much as before", async () => {
    const engine = await serve(answer("a"));
    using client = await openRawClient(engine.port, { settings: [[HEADER_TABLE_SIZE, 4_096]] });
    client.send(headers(1, { end: true }));
    expect((await client.next(FrameType.headers, 1)).payload.toString("hex")).toBe(okWith(indexed));
  });

  it("that are larger than a frame come in parts next to each other (6.10)", async () => {
    const head = prepareHeaders(200, [["x", "v".repeat(40_000)]]);
    const engine = await serve({ onEnd: ({ stream }) => stream.sendAll(head, Buffer.from("a"), undefined) });
    using client = await openRawClient(engine.port);
    client.send(headers(1, { end: true }));
    await client.next(FrameType.data, 1);
    const sent = client.frames.filter(({ stream }) => stream === 1);
    expect(sent.map(({ type, flags, payload }) => [type, flags, payload.length])).toEqual([
      [FrameType.headers, 0, 16_384],
      [FrameType.continuation, 0, 16_384],
      [FrameType.continuation, 4, head.block.length + indexed.length - 32_768],
      [FrameType.data, 1, 1],
    ]);
  });

  it("that are equal give the same head, until the table changes", async () => {
    const engine = await serve(answer("a"));
    using client = await openRawClient(engine.port);
    const same = (stream: number) => frame(FrameType.headers, 5, stream, block(requestFields()));
    client.send(same(1), same(3));
    // A literal with incremental indexing.
    client.send(
      frame(FrameType.headers, 5, 5, Buffer.concat([block(requestFields()), Buffer.from("4001780179", "hex")])),
    );
    client.send(same(7));
    await client.next(FrameType.data, 7);
    const heads = engine.streams.map(({ head }) => head);
    expect(heads[1]).toBe(heads[0]);
    expect(heads[3]).not.toBe(heads[0]);
  });
});
