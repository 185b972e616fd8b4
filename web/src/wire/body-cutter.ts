import type { FrameCutter } from "./frame-cutter.ts";
import { createKeptBytes } from "./kept-bytes.ts";

/** Gives everything as one frame without a flag when the bytes end, of which the first `keep` bytes are kept. */
export function createBodyCutter(keep: number): FrameCutter {
  const body = createKeptBytes(keep);
  return {
    push(bytes) {
      body.add(bytes);
      return [];
    },
    end() {
      return [{ flag: undefined, length: body.length, payload: body.take(), incomplete: false }];
    },
  };
}
