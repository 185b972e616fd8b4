import type { FrameMeaning } from "./call-recorder.ts";
import type { Framing } from "./wire-format.ts";

const trailersBit = 0x80;
const endStreamBit = 0x02;
const compressedBit = 0x01;

/** What the flag of a frame says that it is for. */
export function frameMeaning(framing: Framing, flag: number | undefined): FrameMeaning {
  if (flag === undefined) return "message";
  if (framing === "grpc-web" && (flag & trailersBit) !== 0) return "trailers";
  if (framing === "connect-stream" && (flag & endStreamBit) !== 0) return "end-stream";
  return "message";
}

/** Whether the flag of a frame says that its payload is compressed. */
export function isCompressed(flag: number | undefined): boolean {
  return flag !== undefined && (flag & compressedBit) !== 0;
}
