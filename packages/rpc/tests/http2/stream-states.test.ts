import { block, data, frame, headers, rstStream, windowUpdate } from "@triptych/testkit/http2/http2-frames.ts";
import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../src/http2/error-code.ts";
import { FrameFlag, FrameType } from "../../src/http2/frame.ts";
import { openRawClient, type RawClient } from "./raw-client.ts";
import { type Behavior, echo, OK, useEngine } from "./serve-engine.ts";

const serve = useEngine();

const priority = (stream: number) => frame(FrameType.priority, 0, stream, Buffer.alloc(5));
const trailers = (stream: number, flags: number = FrameFlag.endStream) =>
  frame(FrameType.headers, flags | FrameFlag.endHeaders, stream, block([["x-checksum", "1"]]));
const continuation = (stream: number) => frame(FrameType.continuation, FrameFlag.endHeaders, stream);
const pushPromise = (stream: number) =>
  frame(FrameType.pushPromise, FrameFlag.endHeaders, stream, Buffer.from([0, 0, 0, 2, 0x82]));

/** Whether another stream on the same connection is served. */
async function expectAlive(client: RawClient, stream: number): Promise<void> {
  client.send(headers(stream, { end: true }));
  await client.next(FrameType.headers, stream);
}

/** Sends what brings a stream into a state; sends frames there; expects what the RFC says (section 5.1). */
interface Case {
  readonly name: string;
  readonly frames: readonly Buffer[];
  /** The code of the GOAWAY. */
  readonly goAway?: number;
  /** The code of the RST_STREAM of stream 1. */
  readonly reset?: number;
}

function describeState(
  state: string,
  behavior: Behavior,
  enter: (client: RawClient) => Promise<void>,
  cases: readonly Case[],
): void {
  describe(state, () => {
    it.each(cases.filter(({ goAway }) => goAway !== undefined))(
      "$name is a connection error of type $goAway",
      async ({ frames, goAway }) => {
        const engine = await serve(behavior);
        using client = await openRawClient(engine.port);
        await enter(client);
        client.send(...frames);
        expect(await client.goAwayCode()).toBe(goAway);
      },
    );

    it.each(cases.filter(({ reset }) => reset !== undefined))(
      "$name is a stream error of type $reset, and costs no other stream",
      async ({ frames, reset }) => {
        const engine = await serve(behavior);
        using client = await openRawClient(engine.port);
        await enter(client);
        client.send(...frames);
        expect(await client.resetCode(1)).toBe(reset);
        await expectAlive(client, 11);
        expect(client.all(FrameType.goAway)).toEqual([]);
      },
    );

    it.each(cases.filter(({ goAway, reset }) => goAway === undefined && reset === undefined))(
      "$name is fine",
      async ({ frames }) => {
        const engine = await serve(behavior);
        using client = await openRawClient(engine.port);
        await enter(client);
        const resets = client.all(FrameType.rstStream).length;
        client.send(...frames);
        await expectAlive(client, 11);
        expect(client.all(FrameType.rstStream)).toHaveLength(resets);
        expect(client.all(FrameType.goAway)).toEqual([]);
      },
    );
  });
}

const anywhere: Case[] = [
  { name: "CONTINUATION without HEADERS", frames: [continuation(1)], goAway: ErrorCode.protocolError },
  { name: "PUSH_PROMISE", frames: [pushPromise(1)], goAway: ErrorCode.protocolError },
  { name: "PRIORITY", frames: [priority(1)] },
];

describeState("idle", echo, async () => undefined, [
  ...anywhere,
  { name: "DATA", frames: [data(1, "a")], goAway: ErrorCode.protocolError },
  { name: "RST_STREAM", frames: [rstStream(1)], goAway: ErrorCode.protocolError },
  { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)], goAway: ErrorCode.protocolError },
  { name: "HEADERS with an even number", frames: [headers(2)], goAway: ErrorCode.protocolError },
  { name: "DATA with an even number", frames: [headers(3), data(2, "a")], goAway: ErrorCode.protocolError },
  {
    name: "HEADERS with a lower number than before",
    frames: [headers(5), headers(3)],
    goAway: ErrorCode.protocolError,
  },
]);

describeState(
  "open",
  echo,
  async (client) => {
    client.send(headers(1));
  },
  [
    ...anywhere,
    { name: "DATA", frames: [data(1, "a", false)] },
    { name: "the end of the request", frames: [data(1, "a")] },
    { name: "an empty end of the request", frames: [data(1, "")] },
    { name: "trailers", frames: [trailers(1)] },
    { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)] },
    { name: "RST_STREAM", frames: [rstStream(1)] },
    { name: "trailers that are no end", frames: [trailers(1, 0)], reset: ErrorCode.protocolError },
    {
      name: "trailers with a pseudo-header",
      frames: [frame(FrameType.headers, 5, 1, block([[":path", "/"]]))],
      reset: ErrorCode.protocolError,
    },
    { name: "a window update of 0", frames: [windowUpdate(1, 0)], reset: ErrorCode.protocolError },
    { name: "a window that overflows", frames: [windowUpdate(1, 0x7fff_ffff)], reset: ErrorCode.flowControlError },
  ],
);

describeState(
  "half-closed (remote)",
  {
    onEnd: ({ stream }) => {
      if (stream.id > 1) stream.respond(OK, true);
    },
  },
  async (client) => {
    client.send(headers(1, { end: true }));
  },
  [
    ...anywhere,
    { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)] },
    { name: "RST_STREAM", frames: [rstStream(1)] },
    { name: "DATA", frames: [data(1, "a")], reset: ErrorCode.streamClosed },
    { name: "HEADERS", frames: [trailers(1)], reset: ErrorCode.streamClosed },
  ],
);

describeState(
  "half-closed (local)",
  { onStream: ({ stream }) => stream.respond(OK, true) },
  async (client) => {
    client.send(headers(1));
    await client.next(FrameType.headers, 1);
  },
  [
    ...anywhere,
    { name: "DATA", frames: [data(1, "a", false)] },
    { name: "the end of the request", frames: [data(1, "a")] },
    { name: "trailers", frames: [trailers(1)] },
    { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)] },
    { name: "RST_STREAM", frames: [rstStream(1)] },
    { name: "trailers that are no end", frames: [trailers(1, 0)], reset: ErrorCode.protocolError },
  ],
);

describeState(
  "closed by both ends",
  echo,
  async (client) => {
    client.send(headers(1, { end: true }));
    await client.next(FrameType.data, 1);
  },
  [
    ...anywhere,
    { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)] },
    { name: "RST_STREAM", frames: [rstStream(1)] },
    { name: "DATA", frames: [data(1, "a")], reset: ErrorCode.streamClosed },
    { name: "HEADERS", frames: [trailers(1)], goAway: ErrorCode.protocolError },
  ],
);

describeState(
  "closed by the client's reset",
  echo,
  async (client) => {
    client.send(headers(1), rstStream(1));
  },
  [
    ...anywhere,
    { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)] },
    { name: "RST_STREAM", frames: [rstStream(1)] },
    { name: "DATA", frames: [data(1, "a")], reset: ErrorCode.streamClosed },
    { name: "HEADERS", frames: [trailers(1)], goAway: ErrorCode.protocolError },
  ],
);

describeState(
  "closed by a reset of ours, of which the client may not know yet",
  {
    onStream: ({ stream }, endStream) => {
      if (!endStream) stream.reset(ErrorCode.cancel);
    },
    onEnd: ({ stream }) => stream.respond(OK, true),
  },
  async (client) => {
    client.send(headers(1));
    await client.resetCode(1);
  },
  [
    ...anywhere,
    { name: "WINDOW_UPDATE", frames: [windowUpdate(1, 1)] },
    { name: "RST_STREAM", frames: [rstStream(1)] },
    { name: "DATA", frames: [data(1, "a", false), data(1, "b")] },
    { name: "trailers", frames: [trailers(1)] },
    { name: "an overflowing window", frames: [windowUpdate(1, 0x7fff_ffff)] },
  ],
);

it("keeps its tables in step with trailers of a stream that it has reset", async () => {
  const engine = await serve({
    onStream: ({ stream, head }) => {
      if (head.path === "/a") stream.reset(ErrorCode.cancel);
    },
    onEnd: ({ stream }) => stream.respond(OK, true),
  });
  using client = await openRawClient(engine.port);
  client.send(headers(1));
  await client.resetCode(1);
  // A literal with incremental indexing, then a reference to it (RFC 7541, sections 6.2.1 and 6.1).
  const indexed = Buffer.concat([Buffer.from([0x40, 1]), Buffer.from("x"), Buffer.from([1]), Buffer.from("y")]);
  client.send(frame(FrameType.headers, 5, 1, indexed));
  const next = Buffer.concat([
    block([
      [":path", "/b"],
      [":authority", "a"],
    ]),
    Buffer.from([0x82, 0x86, 0xbe]),
  ]);
  client.send(frame(FrameType.headers, 5, 3, next));
  await client.next(FrameType.headers, 3);
  expect(engine.stream(1).head.headers).toEqual({ x: "y" });
});
