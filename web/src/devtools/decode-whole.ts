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
import { isKeptWhole } from "./body-bytes.ts";

/** What of a call it takes to read its frames. */
export type FrameContext = Pick<RecordedCall, "method" | "requestHeaders" | "responseHeaders">;

/** Whether a frame has to be decompressed before it can be read. */
export function isPacked(frame: RecordedFrame): boolean {
  return isCompressed(frame.flag) && isKeptWhole(frame) && frame.length > 0;
}

/** What a frame says, decompressed where it has to be. Never rejects. */
export async function decodeWhole(frame: RecordedFrame, call: FrameContext, types: Registry): Promise<Decoded> {
  if (!isPacked(frame)) return decodeFrame(frame, call.method, types);
  const encoding = messageEncoding(frame.direction === "sent" ? call.requestHeaders : call.responseHeaders);
  try {
    const payload = await decompress(frame.payload, encoding);
    return decodeFrame({ ...frame, payload, length: payload.length }, call.method, types);
  } catch (error) {
    return { kind: "unreadable", reason: error instanceof Error ? error.message : String(error) };
  }
}

/** How the messages of one direction are compressed when their flag says that they are. */
function messageEncoding(headers: readonly HeaderEntry[]): string | undefined {
  return headers.find(([name]) => name === "grpc-encoding" || name === "connect-content-encoding")?.[1];
}
