import {
  block,
  data,
  frame,
  headers,
  numberFrame,
  PREFACE,
  ping,
  requestFields,
  settings,
  windowUpdate,
} from "@triptych/testkit/http2/http2-frames.ts";
import { describe, expect, it } from "vitest";
import { ErrorCode } from "../../src/http2/error-code.ts";
import { FrameFlag, FrameType } from "../../src/http2/frame.ts";
import { openRawClient } from "./raw-client.ts";
import { echo, useEngine } from "./serve-engine.ts";

const serve = useEngine();
const { protocolError, frameSizeError, flowControlError, compressionError, enhanceYourCalm } = ErrorCode;
const bytes = (length: number) => Buffer.alloc(length);
const request = block(requestFields());

describe("a connection error is", () => {
  it.each<[what: string, code: number, frames: Buffer[]]>([
    ["DATA on stream 0 (6.1)", protocolError, [data(0, "a")]],
    [
      "DATA with more padding than payload (6.1)",
      protocolError,
      [headers(1), frame(0, FrameFlag.padded, 1, Buffer.of(1))],
    ],
    ["DATA that should be padded and is empty (6.1)", protocolError, [headers(1), frame(0, FrameFlag.padded, 1)]],
    ["HEADERS on stream 0 (6.2)", protocolError, [headers(0)]],
    [
      "HEADERS with more padding than payload (6.2)",
      protocolError,
      [frame(1, FrameFlag.padded | 4, 1, Buffer.of(9, 0x82))],
    ],
    ["HEADERS too short for a priority (6.2)", frameSizeError, [frame(1, FrameFlag.priority | 4, 1, bytes(4))]],
    ["PRIORITY on stream 0 (6.3)", protocolError, [frame(FrameType.priority, 0, 0, bytes(5))]],
    ["RST_STREAM on stream 0 (6.4)", protocolError, [numberFrame(FrameType.rstStream, 0, 8)]],
    ["RST_STREAM of 5 bytes (6.4)", frameSizeError, [headers(1), frame(FrameType.rstStream, 0, 1, bytes(5))]],
    ["SETTINGS on a stream (6.5)", protocolError, [frame(FrameType.settings, 0, 1)]],
    ["SETTINGS of 5 bytes (6.5)", frameSizeError, [frame(FrameType.settings, 0, 0, bytes(5))]],
    [
      "an acknowledgement of SETTINGS with a payload (6.5)",
      frameSizeError,
      [frame(FrameType.settings, 1, 0, bytes(6))],
    ],
    ["ENABLE_PUSH of 2 (6.5.2)", protocolError, [settings([[2, 2]])]],
    ["INITIAL_WINDOW_SIZE beyond 31 bits (6.5.2)", flowControlError, [settings([[4, 0x8000_0000]])]],
    ["MAX_FRAME_SIZE of 16,383 (6.5.2)", protocolError, [settings([[5, 16_383]])]],
    ["MAX_FRAME_SIZE of 16,777,216 (6.5.2)", protocolError, [settings([[5, 16_777_216]])]],
    ["33 settings in a frame", enhanceYourCalm, [settings(Array.from({ length: 33 }, () => [9, 0]))]],
    ["PING on a stream (6.7)", protocolError, [frame(FrameType.ping, 0, 1, bytes(8))]],
    ["PING of 7 bytes (6.7)", frameSizeError, [frame(FrameType.ping, 0, 0, bytes(7))]],
    ["GOAWAY on a stream (6.8)", protocolError, [frame(FrameType.goAway, 0, 1, bytes(8))]],
    ["GOAWAY of 7 bytes (6.8)", frameSizeError, [frame(FrameType.goAway, 0, 0, bytes(7))]],
    ["WINDOW_UPDATE of 3 bytes (6.9)", frameSizeError, [frame(FrameType.windowUpdate, 0, 0, bytes(3))]],
    ["a window update of 0 for the connection (6.9)", protocolError, [windowUpdate(0, 0)]],
    ["a window of the connection that overflows (6.9.1)", flowControlError, [windowUpdate(0, 0x7fff_ffff)]],
    [
      "an initial window that makes a stream's overflow (6.9.2)",
      flowControlError,
      [headers(1), windowUpdate(1, 0x7fff_0000), settings([[4, 0x7fff_ffff]])],
    ],
    ["a block interrupted by another type (6.2)", protocolError, [frame(1, 0, 1, request), ping()]],
    ["a block interrupted by an unknown type (5.5)", protocolError, [frame(1, 0, 1, request), frame(0x7f, 0, 0)]],
    ["a block continued on another stream (6.10)", protocolError, [frame(1, 0, 1, request), frame(9, 4, 3)]],
    ["a block that is none (4.3)", compressionError, [frame(1, 5, 1, Buffer.of(0x80))]],
    ["a frame of 16,385 bytes (4.2)", frameSizeError, [headers(1), frame(0, 0, 1, bytes(16_385))]],
  ])("%s", async (_what, code, frames) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(...frames);
    expect(await client.goAwayCode()).toBe(code);
  });
});

describe("the first frame behind the preface", () => {
  it.each<[what: string, first: Buffer]>([
    ["PING", ping()],
    ["HEADERS", headers(1)],
    ["an acknowledgement of SETTINGS", frame(FrameType.settings, FrameFlag.ack, 0)],
    ["of an unknown type", frame(0x7f, 0, 0)],
  ])("is a connection error when it is %s (3.4)", async (_what, first) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port, { greets: false });
    client.send(PREFACE, first);
    expect(await client.goAwayCode()).toBe(protocolError);
  });
});

it("closes a connection that does not begin with the preface", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port, { greets: false });
  client.send(Buffer.from("GET / HTTP/1.1\r\nhost: a\r\n\r\n"));
  await client.closed();
});

describe("is taken:", () => {
  it.each<[what: string, frames: Buffer[], body: string]>([
    [
      "padding",
      [
        frame(1, FrameFlag.padded | 4, 1, Buffer.concat([Buffer.of(3), request, bytes(3)])),
        frame(0, FrameFlag.padded | 1, 1, Buffer.concat([Buffer.of(2), Buffer.from("hi"), bytes(2)])),
      ],
      "hi",
    ],
    [
      "padding and nothing else",
      [headers(1), frame(0, FrameFlag.padded, 1, Buffer.concat([Buffer.of(4), bytes(4)])), data(1, "hi")],
      "hi",
    ],
    [
      "a priority, even of a stream on itself (5.3.2)",
      [frame(1, FrameFlag.priority | 4, 1, Buffer.concat([Buffer.of(0, 0, 0, 1, 5), request])), data(1, "hi")],
      "hi",
    ],
    [
      "a block in parts, empty ones among them",
      [
        frame(1, 0, 1, request.subarray(0, 7)),
        frame(9, 0, 1),
        frame(9, 0, 1, request.subarray(7, 20)),
        frame(9, 4, 1, request.subarray(20)),
        data(1, "hi"),
      ],
      "hi",
    ],
    ["END_STREAM of a block in parts", [frame(1, 1, 1, request), frame(9, 4, 1)], ""],
    ["a frame of 16,384 bytes", [headers(1), data(1, "a".repeat(16_384))], "a".repeat(16_384)],
    [
      "frames of unknown types (4.1)",
      [frame(0x7f, 0xff, 5, bytes(30)), headers(1), frame(0x7f, 0xff, 1, bytes(30)), data(1, "hi")],
      "hi",
    ],
    ["flags that mean nothing", [frame(1, 4 | 0xc2, 1, request), frame(0, 1 | 0xf6, 1, Buffer.from("hi"))], "hi"],
    [
      "settings that are unknown",
      [
        settings([
          [0x99, 1],
          [3, 0],
          [6, 0],
        ]),
        headers(1),
        data(1, "hi"),
      ],
      "hi",
    ],
    [
      "a reserved bit of the stream's number",
      [frame(1, 4, 0x8000_0001, request), frame(0, 1, 0x8000_0001, Buffer.from("hi"))],
      "hi",
    ],
  ])("%s", async (_what, frames, body) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(...frames);
    await client.until(() => (client.all(FrameType.data, 1).some(({ flags }) => flags & 1) ? true : undefined));
    expect(engine.stream().body).toBe(body);
    expect(engine.stream().ends).toBe(1);
  });
});

it("PRIORITY of 4 bytes is an error of its stream only (6.3)", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(headers(1), frame(FrameType.priority, 0, 1, bytes(4)), headers(3, { end: true }));
  expect(await client.resetCode(1)).toBe(frameSizeError);
  await client.next(FrameType.data, 3);
  expect(engine.stream().closes).toMatchObject([{ kind: "reset", code: frameSizeError }]);
});

it("PRIORITY of 4 bytes on a stream that is not open resets nothing (6.4)", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(frame(FrameType.priority, 0, 1, bytes(4)), headers(1, { end: true }));
  await client.next(FrameType.data, 1);
  expect(client.all(FrameType.rstStream)).toEqual([]);
});

describe("a malformed request is a stream error of type PROTOCOL_ERROR (8.1.1), and the handler never gets it:", () => {
  it.each<[what: string, frames: Buffer[]]>([
    ["bad headers", [headers(1, { more: [["connection", "close"]], end: true })]],
    ["a promised body that does not come", [headers(1, { more: [["content-length", "1"]], end: true })]],
  ])("%s", async (_what, frames) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(...frames, headers(3, { end: true }));
    expect(await client.resetCode(1)).toBe(protocolError);
    await client.next(FrameType.data, 3);
    expect(engine.streams).toHaveLength(1);
  });
});

describe("a body of another length than content-length says is a stream error of type PROTOCOL_ERROR (8.1.1):", () => {
  const start = headers(1, { more: [["content-length", "3"]] });
  it.each<[what: string, frames: Buffer[]]>([
    ["too short", [start, data(1, "ab")]],
    ["too long", [start, data(1, "abcd")]],
    ["too long in parts", [start, data(1, "abc", false), data(1, "d", false)]],
    ["too short before trailers", [start, data(1, "ab", false), frame(1, 5, 1, block([["x", "y"]]))]],
  ])("%s", async (_what, frames) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(...frames, headers(3, { end: true }));
    expect(await client.resetCode(1)).toBe(protocolError);
    await client.next(FrameType.data, 3);
    expect(engine.stream().ends).toBe(0);
    expect(engine.stream().closes).toMatchObject([{ kind: "reset", code: protocolError }]);
  });

  it("and just as long is right, padding not counted", async () => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    client.send(start, frame(0, FrameFlag.padded | 1, 1, Buffer.from("\x02abc\0\0")));
    expect((await client.next(FrameType.data, 1)).payload.toString()).toBe("POST /a abc");
  });
});

it("hands trailers over", async () => {
  const engine = await serve(echo);
  using client = await openRawClient(engine.port);
  client.send(
    headers(1),
    data(1, "a", false),
    frame(
      1,
      5,
      1,
      block([
        ["x", "1"],
        ["x", "2"],
      ]),
    ),
  );
  await client.next(FrameType.data, 1);
  expect(engine.stream().trailers).toEqual({ x: "1, 2" });
});

describe("a header list that is too large is a stream error of type ENHANCE_YOUR_CALM:", () => {
  const many = (count: number) =>
    Array.from({ length: count - 4 }, (_, index): [string, string] => [`x-${index}`, "1"]);
  const listBytes = requestFields().reduce((sum, [name, value]) => sum + name.length + value.length + 32, 0);
  const large = (bytes: number): [string, string][] => [["x", "v".repeat(bytes - listBytes - 33)]];

  it.each<[what: string, fits: [string, string][], tooLarge: [string, string][]]>([
    ["129 headers", many(128), many(129)],
    ["16,385 bytes", large(16_384), large(16_385)],
  ])("%s", async (_what, fits, tooLarge) => {
    const engine = await serve(echo);
    using client = await openRawClient(engine.port);
    const parts = (stream: number, more: [string, string][]) => {
      const whole = block(requestFields(more));
      return [frame(1, 1, stream, whole.subarray(0, 16_000)), frame(9, 4, stream, whole.subarray(16_000))];
    };
    client.send(...parts(1, fits), ...parts(3, tooLarge), headers(5, { end: true }));
    await client.next(FrameType.data, 5);
    await client.next(FrameType.data, 1);
    expect(await client.resetCode(3)).toBe(enhanceYourCalm);
    expect(engine.streams).toHaveLength(2);
  });
});
