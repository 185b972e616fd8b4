import { headers, type ReadFrame, windowUpdate } from "@triptych/testkit/http2/http2-frames.ts";
import { expect, it } from "vitest";
import { FrameType } from "../../src/http2/frame.ts";
import { HpackDecoder } from "../../src/http2/hpack-decoder.ts";
import { prepareHeaders } from "../../src/http2/prepare-headers.ts";
import { HttpDate } from "../../src/http2/response-date.ts";
import { openRawClient, type RawClient } from "./raw-client.ts";
import { echo, OK, useEngine } from "./serve-engine.ts";

const serve = useEngine();

const EPOCH = "Thu, 01 Jan 1970 00:00:00 GMT";
const SECOND_LATER = "Thu, 01 Jan 1970 00:00:01 GMT";

/** All header blocks that a client has got, as it reads them, with how long each was. */
function readBlocks(client: RawClient) {
  const decoder = new HpackDecoder({ maxHeaderListSize: 1_000_000, maxHeaderCount: 1_000 });
  return wholeBlocks(client.frames).map(({ stream, payload }) => {
    const fields = decoder.decode(payload, 0, payload.length);
    return {
      stream,
      bytes: payload.length,
      fields: fields.map(({ name, value }) => `${name}: ${value}`),
      date: fields.find(({ name }) => name === "date")?.value,
    };
  });
}

/** The blocks of HEADERS frames, with those of the CONTINUATION frames behind them. */
function wholeBlocks(frames: readonly ReadFrame[]): { stream: number; payload: Buffer }[] {
  const blocks: { stream: number; payload: Buffer }[] = [];
  for (const { type, stream, payload } of frames) {
    const last = blocks.at(-1);
    if (type === FrameType.headers) blocks.push({ stream, payload });
    else if (type === FrameType.continuation && last) last.payload = Buffer.concat([last.payload, payload]);
  }
  return blocks;
}

it("takes one byte in all responses of a second but the first", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(headers(1, { end: true }), headers(3, { end: true }));
  await client.next(FrameType.data, 3);
  engine.dates.current = new HttpDate(1_000);
  client.send(headers(5, { end: true }), headers(7, { end: true }));
  await client.next(FrameType.data, 7);
  expect(readBlocks(client).map(({ date, bytes }) => [date, bytes])).toEqual([
    [EPOCH, 32],
    [EPOCH, 2],
    [SECOND_LATER, 32],
    [SECOND_LATER, 2],
  ]);
});

it("is known to each connection for itself", async () => {
  const engine = await serve(echo);
  for (let round = 0; round < 2; round++) {
    using client = await openRawClient(engine.port);
    client.send(headers(1, { end: true }));
    await client.next(FrameType.data, 1);
    expect(readBlocks(client)).toMatchObject([{ date: EPOCH }]);
  }
});

it("outlives all that a table holds", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  for (let second = 0; second < 200; second++) {
    engine.dates.current = new HttpDate(second * 1_000);
    client.send(headers(4 * second + 1, { end: true }), headers(4 * second + 3, { end: true }));
    await client.next(FrameType.data, 4 * second + 3);
  }
  const expected = Array.from({ length: 400 }, (_, index) => new Date(Math.floor(index / 2) * 1_000).toUTCString());
  expect(readBlocks(client).map(({ date }) => date)).toEqual(expected);
});

it("is written out each time for a client without a table", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port, { settings: [[1, 0]] });
  client.send(headers(1, { end: true }), headers(3, { end: true }));
  await client.next(FrameType.data, 3);
  expect(readBlocks(client)).toMatchObject([
    { date: EPOCH, bytes: 34 },
    { date: EPOCH, bytes: 33 },
  ]);
});

it("is that of the moment in which a head goes out, and heads that wait do not mix it up", async () => {
  const large = prepareHeaders(200, [["x", "v".repeat(30_000)]]);
  const engine = await serve({
    onEnd: ({ stream }) => {
      if (stream.id === 1) stream.sendAll(OK, Buffer.alloc(10), prepareHeaders(undefined, [["x", "y"]]));
      else stream.sendAll(stream.id === 3 ? large : OK, undefined, undefined);
    },
  });
  // The first stream waits for its window, and its trailers with it.
  using client = await openRawClient(engine.port, { settings: [[4, 0]] });
  client.send(headers(1, { end: true }));
  await client.next(FrameType.headers, 1);
  engine.dates.current = new HttpDate(1_000);
  client.send(headers(3, { end: true }), headers(5, { end: true }));
  await client.next(FrameType.headers, 5);
  client.send(windowUpdate(1, 10));
  await client.until(() => client.all(FrameType.headers, 1)[1]);
  expect(readBlocks(client).map(({ stream, date }) => [stream, date])).toEqual([
    [1, EPOCH],
    [3, SECOND_LATER],
    [5, SECOND_LATER],
    [1, undefined],
  ]);
});

it("stands in a response without a body, and in no interim one", async () => {
  const engine = await serve({
    onEnd: ({ stream }) => {
      stream.informational(prepareHeaders(100));
      stream.respond(prepareHeaders(404), true);
    },
  });
  using client = await openRawClient(engine.port);
  client.send(headers(1, { end: true }));
  await client.until(() => client.all(FrameType.headers)[1]);
  expect(readBlocks(client).map(({ fields }) => fields)).toEqual([
    [":status: 100"],
    [":status: 404", `date: ${EPOCH}`],
  ]);
});

it("is what a response says itself, if it does", async () => {
  const engine = await serve({ onEnd: ({ stream }) => stream.respond(prepareHeaders(200, [["Date", "today"]]), true) });
  using client = await openRawClient(engine.port);
  client.send(headers(1, { end: true }));
  await client.next(FrameType.headers, 1);
  expect(readBlocks(client)).toMatchObject([{ fields: [":status: 200", "date: today"] }]);
});
