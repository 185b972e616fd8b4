import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "../../http2/call-headers.ts";
import {
  frame,
  block as headerBlock,
  numberFrame,
  PREFACE,
  settings as settingsFrame,
} from "../../http2/http2-frames.ts";
import type { Attack } from "../attack.ts";
import type { SeededRandom } from "../seeded-random.ts";
import { throwBytes } from "../throw-bytes.ts";

const PATHS = [
  "/triptych.greeter.v1.GreeterService/SayHello",
  "/triptych.greeter.v1.GreeterService/WatchGreetings",
  "/triptych.greeter.v1.GreeterService/Converse",
  "/nothing.of/TheKind",
  "/",
] as const;
const ADA = Buffer.from([0, 0, 0, 0, 5, 0x0a, 3, 0x41, 0x64, 0x61]);

const page = (path: string, more: readonly (readonly [string, string])[]) =>
  headerBlock([[":method", "GET"], [":scheme", "http"], [":path", path], [":authority", "localhost"], ...more]);

type MakeFrame = (stream: number, random: SeededRandom) => Buffer;

const open: MakeFrame = (stream, random) => {
  const flags = FrameFlag.endHeaders | (random.chance(0.3) ? FrameFlag.endStream : 0);
  const more = random.chance(0.3) ? ([["expect", "100-continue"]] as const) : [];
  const block = random.chance(0.7) ? callHeaders(random.pick(PATHS), more) : page(random.pick(PATHS), more);
  return frame(FrameType.headers, flags, stream, block);
};

const data: MakeFrame = (stream, random) =>
  frame(
    FrameType.data,
    random.chance(0.5) ? FrameFlag.endStream : 0,
    stream,
    random.chance(0.8) ? ADA : random.bytes(50),
  );

const number =
  (type: number): MakeFrame =>
  (stream, random) =>
    numberFrame(type, random.chance(0.2) ? 0 : stream, random.pick([0, 1, 2, 5, 8, 0x7fff_ffff, 0xffff_ffff]));

const goAway: MakeFrame = (_stream, random) =>
  frame(FrameType.goAway, 0, 0, Buffer.from([0, 0, 0, random.integer(0, 9), 0, 0, 0, random.pick([0, 1, 2, 11])]));

const settings: MakeFrame = (_stream, random) =>
  settingsFrame([[random.integer(1, 8), random.pick([0, 1, 100, 16_384, 0x7fff_ffff, 0xffff_ffff])]]);

const ping: MakeFrame = () => frame(FrameType.ping, 0, 0, Buffer.alloc(8));

const any: MakeFrame = (stream, random) =>
  frame(random.integer(0, 12), random.integer(0, 255), stream, random.bytes(random.integer(0, 40)));

const MAKERS = [
  open,
  open,
  open,
  data,
  data,
  number(FrameType.rstStream),
  number(FrameType.windowUpdate),
  goAway,
  settings,
  ping,
  any,
] as const;

/** Frames of HTTP/2 in any order: calls and pages, `expect`, resets, GOAWAY, windows, settings, and frames that make no sense. */
export const oddFrames: Attack = {
  name: "odd frames",
  strike({ port, random }) {
    let stream = 1;
    const frames = Array.from({ length: random.integer(1, 40) }, () => {
      if (random.chance(0.4)) stream += 2;
      return random.pick(MAKERS)(random.chance(0.9) ? stream : random.integer(0, 20), random);
    });
    const bytes = [PREFACE, settingsFrame([]), ...frames];
    // In one packet, everything is there before the server has answered any of it.
    return throwBytes(port, random, random.chance(0.5) ? [Buffer.concat(bytes)] : bytes);
  },
};
