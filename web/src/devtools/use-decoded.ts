import type { Registry } from "@bufbuild/protobuf";
import {
  type Decoded,
  decodeFrame,
  decompress,
  type HeaderEntry,
  isCompressed,
  type RecordedCall,
  type RecordedFrame,
} from "@triptych/rpc-web";
import { useEffect, useMemo, useState } from "react";

/** What a frame says; undefined while a compressed one unfolds. Nothing is read before it is `wanted`. */
export function useDecoded(
  frame: RecordedFrame,
  { method, requestHeaders, responseHeaders }: Pick<RecordedCall, "method" | "requestHeaders" | "responseHeaders">,
  types: Registry,
  wanted: boolean,
): Decoded | undefined {
  const isPacked = isCompressed(frame.flag) && frame.payload.length === frame.length && frame.length > 0;
  const [unpacked, setUnpacked] = useState<Decoded>();
  const plain = useMemo(
    () => (wanted && !isPacked ? decodeFrame(frame, method, types) : undefined),
    [wanted, isPacked, frame, method, types],
  );
  const encoding = messageEncoding(frame.direction === "sent" ? requestHeaders : responseHeaders);
  useEffect(() => {
    if (!wanted || !isPacked) return;
    let isGone = false;
    const show = (decoded: Decoded) => {
      if (!isGone) setUnpacked(decoded);
    };
    decompress(frame.payload, encoding).then(
      (payload) => show(decodeFrame({ ...frame, payload, length: payload.length }, method, types)),
      (error: unknown) => show({ kind: "unreadable", reason: error instanceof Error ? error.message : String(error) }),
    );
    return () => {
      isGone = true;
    };
  }, [wanted, isPacked, frame, encoding, method, types]);
  return isPacked ? unpacked : plain;
}

/** How the messages of one direction are compressed when their flag says that they are. */
function messageEncoding(headers: readonly HeaderEntry[]): string | undefined {
  return headers.find(([name]) => name === "grpc-encoding" || name === "connect-content-encoding")?.[1];
}
