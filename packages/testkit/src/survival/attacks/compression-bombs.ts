import { brotliCompressSync, gzipSync } from "node:zlib";
import { FrameFlag, FrameType } from "@triptych/rpc/http2/frame.ts";
import { callHeaders } from "../../http2/call-headers.ts";
import { frame, PREFACE, settings } from "../../http2/http2-frames.ts";
import { envelope } from "../../raw/envelope.ts";
import type { Attack } from "../attack.ts";
import { throwBytes } from "../throw-bytes.ts";

const CREATE_ORDER = "/triptych.order.v1.OrderService/CreateOrder";
const SAY_HELLO = "/triptych.greeter.v1.GreeterService/SayHello";
/** Just below the limit of a message that a server has unless it is told otherwise. */
const BYTES = 4_000_000;

/** A field of four million letters, and as many bytes of empty elements of a list. */
const letters = Buffer.concat([Buffer.from([0x0a, 0x80, 0x89, 0xf4, 0x01]), Buffer.alloc(BYTES, "a")]);
const elements = Buffer.alloc(200_000, Buffer.from([0x0a, 0x00]));

type Bomb = readonly [encoding: string, path: string, message: Buffer];

const bombs: readonly [Bomb, ...Bomb[]] = [
  ["gzip", SAY_HELLO, gzipSync(letters)],
  ["br", SAY_HELLO, brotliCompressSync(letters)],
  ["gzip", CREATE_ORDER, gzipSync(elements)],
  ["br", CREATE_ORDER, brotliCompressSync(elements)],
];

/** Small messages that become large ones, within the limits and over them. */
export const compressionBombs: Attack = {
  name: "compression bombs",
  strike({ port, random }) {
    const [encoding, path, bytes] = random.pick(bombs);
    return throwBytes(port, random, [
      PREFACE,
      settings([]),
      frame(FrameType.headers, FrameFlag.endHeaders, 1, callHeaders(path, [["grpc-encoding", encoding]])),
      frame(FrameType.data, FrameFlag.endStream, 1, envelope(bytes, 1)),
    ]);
  },
};
