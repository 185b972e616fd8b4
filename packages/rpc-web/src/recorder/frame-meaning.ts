import type { FrameMeaning } from "./call-recorder.ts";
import type { Framing } from "./recorded-format.ts";

const TRAILERS_BIT = 0x80;
const END_STREAM_BIT = 0x02;
const COMPRESSED_BIT = 0x01;

/** What the flag of a frame says that it is for. */
export function frameMeaning(framing: Framing, flag: number | undefined): FrameMeaning {
  if (flag === undefined) return "message";
  if (framing === "grpc-web" && (flag & TRAILERS_BIT) !== 0) return "trailers";
  if (framing === "connect-stream" && (flag & END_STREAM_BIT) !== 0) return "end-stream";
  return "message";
}

/** Whether the flag of a frame says that its payload is compressed. */
export function isCompressed(flag: number | undefined): boolean {
  return flag !== undefined && (flag & COMPRESSED_BIT) !== 0;
}
