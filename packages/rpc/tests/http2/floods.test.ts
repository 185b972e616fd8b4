import { setImmediate as turn } from "node:timers/promises";
import {
  block,
  data,
  frame,
  goAway,
  headers,
  PREFACE,
  ping,
  requestFields,
  rstStream,
  settings,
  settingsAck,
  windowUpdate,
} from "@triptych/testkit/http2/http2-frames.ts";
import { describe, expect, it, vi } from "vitest";
import { ErrorCode } from "../../src/http2/error-code.ts";
import { FrameType } from "../../src/http2/frame.ts";
import { defaultLimits } from "../../src/http2/limits.ts";
import { OutputBuffer } from "../../src/http2/output-buffer.ts";
import { openRawClient } from "./raw-client.ts";
import { type Behavior, echo, OK, type ServedEngine, useEngine } from "./serve-engine.ts";

const serve = useEngine();
const id = (index: number) => 2 * index + 1;

interface Flood {
  readonly name: string;
  /** What is sent first, and how many of what is counted that already is. */
  readonly before?: readonly Buffer[];
  readonly one: (index: number) => Buffer;
  /** How many are taken at once. */
  readonly bound: number;
  readonly behavior?: Behavior;
}

const { resetBurst, refusedBurst, invalidBurst, controlBurst } = defaultLimits;
/** A request that is answered whatever the flood, and so shows that what came before it was taken. It is no control frame. */
const LAST = 999_999;
const answersLast: Behavior = {
  onEnd: ({ stream }) => {
    if (stream.id === LAST) stream.respond(OK, true);
  },
};
const LARGE = Buffer.alloc(100_000);
/** What a stream earns. */
const EARNED = 4;
/** The acknowledgement of the server's settings, and the client's own settings, which cost as much as ten other frames. */
const GREETING_COST = 11;
const CONTROL = controlBurst - GREETING_COST;

const floods: readonly Flood[] = [
  {
    name: "streams that the client resets",
    one: (i) => Buffer.concat([headers(id(i)), rstStream(id(i))]),
    bound: resetBurst,
  },
  {
    name: "whole requests that the client resets",
    one: (i) => Buffer.concat([headers(id(i), { end: true }), rstStream(id(i))]),
    bound: resetBurst,
    behavior: answersLast,
  },
  {
    name: "resets forced out of the server by windows that overflow",
    one: (i) => Buffer.concat([headers(id(i)), windowUpdate(id(i), 0x7fff_ffff)]),
    bound: invalidBurst,
  },
  {
    name: "resets forced out of the server by DATA after the end",
    one: (i) => Buffer.concat([headers(id(i), { end: true }), data(id(i), "a")]),
    bound: invalidBurst,
    behavior: answersLast,
  },
  { name: "malformed requests", one: (i) => headers(id(i), { more: [["connection", "close"]] }), bound: invalidBurst },
  {
    name: "requests whose headers are too many",
    one: (i) => headers(id(i), { more: Array.from({ length: 128 }, (_, n): [string, string] => [`x-${n}`, "1"]) }),
    bound: resetBurst,
  },
  { name: "PING", one: () => ping(), bound: CONTROL },
  { name: "acknowledgements of PING", one: () => ping(1), bound: CONTROL },
  { name: "SETTINGS", one: () => settings(), bound: Math.floor(CONTROL / 10) },
  { name: "acknowledgements of SETTINGS", one: () => settingsAck, bound: CONTROL },
  { name: "GOAWAY", before: [headers(1)], one: () => goAway(), bound: CONTROL + EARNED },
  { name: "PRIORITY", one: () => frame(FrameType.priority, 0, 1, Buffer.alloc(5)), bound: CONTROL },
  { name: "frames of unknown types", one: () => frame(0x7f, 0, 0), bound: CONTROL },
  { name: "window updates of the connection", one: () => windowUpdate(0, 1), bound: CONTROL },
  {
    name: "window updates that let out a byte each",
    before: [settings([[4, 0]]), headers(1, { end: true })],
    one: () => windowUpdate(1, 1),
    bound: CONTROL - 10 + EARNED,
    behavior: {
      onEnd: ({ stream }) => (stream.id === LAST ? stream.respond(OK, true) : stream.sendAll(OK, LARGE, undefined)),
    },
  },
  { name: "window updates of a stream", before: [headers(1)], one: () => windowUpdate(1, 1), bound: CONTROL + EARNED },
  {
    name: "window updates of a closed stream",
    before: [headers(1), rstStream(1)],
    one: () => windowUpdate(1, 1),
    bound: CONTROL + EARNED,
  },
  {
    name: "resets of a closed stream",
    before: [headers(1), rstStream(1)],
    one: () => rstStream(1),
    bound: CONTROL + EARNED,
  },
  { name: "empty DATA", before: [headers(1)], one: () => data(1, "", false), bound: CONTROL + EARNED },
  {
    name: "DATA that is all padding",
    before: [headers(1)],
    one: () => frame(FrameType.data, 8, 1, Buffer.of(1, 0)),
    bound: CONTROL + EARNED,
  },
];

async function send(engine: ServedEngine, { before = [], one }: Flood, amount: number) {
  const client = await openRawClient(engine.port);
  client.send(...before, ...Array.from({ length: amount }, (_, index) => one(index)));
  return client;
}

describe.each(floods)("$name", (flood) => {
  it(`are taken up to ${flood.bound}`, async () => {
    const engine = await serve(flood.behavior ?? echo);
    using client = await send(engine, flood, flood.bound);
    client.send(headers(LAST, { end: true }));
    await client.next(FrameType.headers, LAST);
    expect(client.all(FrameType.goAway)).toEqual([]);
  });

  it("beyond end the connection with ENHANCE_YOUR_CALM", async () => {
    const engine = await serve(flood.behavior ?? echo);
    using client = await send(engine, flood, flood.bound + 1);
    expect(await client.goAwayCode()).toBe(ErrorCode.enhanceYourCalm);
  });

  it("are taken again after a while", async () => {
    const engine = await serve(flood.behavior ?? echo);
    using client = await send(engine, flood, flood.bound - 1);
    await client.settled();
    engine.pass(1_000);
    client.send(
      ...Array.from({ length: 10 }, (_, index) => flood.one(flood.bound + index)),
      headers(LAST, { end: true }),
    );
    await client.next(FrameType.headers, LAST);
    expect(client.all(FrameType.goAway)).toEqual([]);
  });
});

describe("streams beyond the limit", () => {
  const { maxConcurrentStreams } = defaultLimits;
  const open = (count: number, from = 0) => Array.from({ length: count }, (_, index) => headers(id(from + index)));

  it("are refused, to be tried again, and cost no other", async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(...open(maxConcurrentStreams + 1));
    expect(await client.resetCode(id(maxConcurrentStreams))).toBe(ErrorCode.refusedStream);
    expect(engine.connection.openStreams).toBe(maxConcurrentStreams);
    client.send(rstStream(1), headers(id(maxConcurrentStreams + 1)));
    await client.settled();
    expect(engine.streams).toHaveLength(maxConcurrentStreams + 1);
  });

  it("are refused once, whatever of their bodies is on its way", async () => {
    const engine = await serve({ limits: { maxConcurrentStreams: 1 } });
    using client = await openRawClient(engine.port);
    client.send(headers(1), headers(3), data(3, "a", false), data(3, "b"));
    await client.settled();
    expect(client.all(FrameType.rstStream)).toMatchObject([{ stream: 3 }]);
  });

  it(`end the connection when ${refusedBurst} were refused of which the client knew`, async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port);
    client.send(...open(maxConcurrentStreams + refusedBurst));
    await client.settled();
    expect(client.all(FrameType.rstStream)).toHaveLength(refusedBurst);
    client.send(headers(id(maxConcurrentStreams + refusedBurst)));
    expect(await client.goAwayCode()).toBe(ErrorCode.enhanceYourCalm);
    expect(engine.stream().closes).toMatchObject([{ kind: "connection-lost", code: ErrorCode.enhanceYourCalm }]);
  });

  it(`end the connection of a client that does not know the limit once ${resetBurst} were refused`, async () => {
    const engine = await serve({});
    using client = await openRawClient(engine.port, { greets: false });
    client.send(PREFACE, settings(), ...open(maxConcurrentStreams + resetBurst));
    await client.settled();
    expect(client.all(FrameType.rstStream)).toHaveLength(resetBurst);
    client.send(headers(id(maxConcurrentStreams + resetBurst)));
    expect(await client.goAwayCode()).toBe(ErrorCode.enhanceYourCalm);
  });
});

describe("a header block", () => {
  const first = (stream: number) => frame(FrameType.headers, 1, stream, block(requestFields()));
  const part = (stream: number, bytes: number) => frame(FrameType.continuation, 0, stream, Buffer.alloc(bytes, "a"));

  it("of more than 65,536 bytes ends the connection", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(first(1), part(1, 16_384), part(1, 16_384), part(1, 16_384), part(1, 16_384));
    expect(await client.goAwayCode()).toBe(ErrorCode.enhanceYourCalm);
  });

  it.each([
    [64, undefined],
    [65, ErrorCode.enhanceYourCalm],
  ])("in %i parts more ends the connection with %s", async (count, code) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(first(1), ...Array.from({ length: count - 1 }, () => part(1, 0)));
    client.send(frame(FrameType.continuation, 4, 1), goAway());
    await client.closed();
    const codes = client.all(FrameType.goAway).map(({ payload }) => payload.readUInt32BE(4));
    expect(codes).toEqual([code ?? 0]);
  });
});

describe("a client that does not read", () => {
  it.each<[what: string, one: (index: number) => Buffer]>([
    ["pings", () => ping()],
    ["settings", () => settings()],
  ])("has no more than so many answers to %s wait for it", async (_what, one) => {
    const limits = { controlBurst: 1e9, controlPerSecond: 1e9 };
    const engine = await serve({ ...echo, limits });
    using client = await openRawClient(engine.port, { reads: false });
    const batch = Buffer.concat(Array.from({ length: 5_000 }, (_, index) => one(index)));
    let mostWaiting = 0;
    while (!client.isClosed && !(engine.sockets[0]?.destroyed ?? false)) {
      mostWaiting = Math.max(mostWaiting, engine.sockets[0]?.writableLength ?? 0);
      client.send(batch);
      await new Promise((resolve) => setImmediate(resolve));
    }
    // What the socket takes before it says no, a buffer behind it, and the answers that may wait.
    expect(mostWaiting).toBeLessThan(65_536 * 2 + defaultLimits.maxQueuedControlBytes + 100);
  });

  it("may have as many wait again once it has read those", async () => {
    const engine = await serve({ onEnd: ({ stream }) => stream.sendAll(OK, Buffer.alloc(8_000_000), undefined) });
    using client = await openRawClient(engine.port, { settings: [[4, 0x7fff_ffff]] });
    client.send(windowUpdate(0, 0x7fff_0000));
    // More than half of what may wait.
    const pings = Array.from({ length: 600 }, () => ping());
    const pongs = () => client.all(FrameType.ping).length;
    for (let round = 0; round < 2; round++) {
      client.socket.pause();
      client.send(headers(id(round), { end: true }));
      await expect.poll(() => engine.sockets[0]?.writableNeedDrain).toBe(true);
      client.send(...pings);
      await expect.poll(() => engine.sockets[0]?.bytesRead).toBe(client.socket.bytesWritten);
      client.socket.resume();
      await client.until(() => (pongs() === pings.length * (round + 1) ? true : undefined));
    }
  });

  it("costs no turns of the event loop while nothing can be sent", async () => {
    const engine = await serve({ onEnd: ({ stream }) => stream.sendAll(OK, Buffer.alloc(16_000_000), undefined) });
    using client = await openRawClient(engine.port, { reads: false, settings: [[4, 0x7fff_ffff]] });
    client.send(windowUpdate(0, 0x7fff_0000), headers(1, { end: true }));
    await expect.poll(() => engine.sockets[0]?.writableNeedDrain).toBe(true);
    client.send(ping());
    await expect.poll(() => engine.sockets[0]?.bytesRead).toBe(client.socket.bytesWritten);
    const flush = vi.spyOn(OutputBuffer.prototype, "flush");
    for (let turns = 0; turns < 100; turns++) await turn();
    expect(flush.mock.calls.length).toBeLessThan(10);
    flush.mockRestore();
  });

  it("cannot have more responses wait than it may have streams", async () => {
    const limits = { maxConcurrentStreams: 10, connectionWindowSize: 65_535 };
    const body = Buffer.alloc(16_000);
    const engine = await serve({ limits, onEnd: ({ stream }) => stream.sendAll(OK, body, undefined) });
    using client = await openRawClient(engine.port, { reads: false, settings: [[4, 0x7fff_ffff]] });
    client.send(windowUpdate(0, 0x7fff_0000));
    for (let index = 0; engine.connection.bufferedBytes === 0; index++) {
      client.send(headers(id(index), { end: true }));
      await new Promise((resolve) => setImmediate(resolve));
    }
    client.send(...Array.from({ length: 90 }, (_, index) => headers(id(500_000 + index), { end: true })));
    await expect.poll(() => engine.sockets[0]?.bytesRead).toBe(client.socket.bytesWritten);
    expect(engine.connection.openStreams).toBeLessThanOrEqual(10);
    expect(engine.connection.bufferedBytes).toBeLessThanOrEqual(10 * body.length);
  });
});
