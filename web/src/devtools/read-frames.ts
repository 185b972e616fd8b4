import type { Registry } from "@bufbuild/protobuf";
import type { Decoded, RecordedCall, RecordedFrame } from "@triptych/rpc-web";
import { decodeWhole } from "./decode-whole.ts";

/** How long frames are read before the page may do something else, in milliseconds. */
const SLICE_MS = 8;

/** Reads the frames of calls that were not read yet, a few at a time, and writes down of each what is to be kept, until it is aborted. */
export async function readFrames<Kept>(
  calls: readonly RecordedCall[],
  types: Registry,
  read: WeakMap<RecordedFrame, Kept>,
  signal: AbortSignal,
  toKeep: (decoded: Decoded) => Kept,
): Promise<void> {
  let since = performance.now();
  for (const call of calls) {
    for (const frame of call.frames) {
      if (read.has(frame)) continue;
      read.set(frame, toKeep(await decodeWhole(frame, call, types)));
      if (performance.now() - since > SLICE_MS) {
        await new Promise((resolve) => setTimeout(resolve));
        since = performance.now();
      }
      if (signal.aborted) return;
    }
  }
}
