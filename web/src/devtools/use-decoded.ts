import type { Registry } from "@bufbuild/protobuf";
import { type Decoded, decodeFrame, type RecordedFrame } from "@triptych/rpc-web";
import { useEffect, useMemo, useState } from "react";
import { decodeWhole, type FrameContext, isPacked } from "./decode-whole.ts";

/** What a frame says; undefined while a compressed one unfolds. Nothing is read before it is `wanted`. */
export function useDecoded(
  frame: RecordedFrame,
  { method, requestHeaders, responseHeaders }: FrameContext,
  types: Registry,
  wanted: boolean,
): Decoded | undefined {
  const packed = isPacked(frame);
  const [unpacked, setUnpacked] = useState<Decoded>();
  const plain = useMemo(
    () => (wanted && !packed ? decodeFrame(frame, method, types) : undefined),
    [wanted, packed, frame, method, types],
  );
  useEffect(() => {
    if (!wanted || !packed) return;
    let isGone = false;
    void decodeWhole(frame, { method, requestHeaders, responseHeaders }, types).then((decoded) => {
      if (!isGone) setUnpacked(decoded);
    });
    return () => {
      isGone = true;
    };
  }, [wanted, packed, frame, method, requestHeaders, responseHeaders, types]);
  return packed ? unpacked : plain;
}
