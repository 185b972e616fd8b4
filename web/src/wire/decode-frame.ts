import type { DescMethod, Registry } from "@bufbuild/protobuf";
import { type Decoded, decodePayload } from "./decode-payload.ts";
import type { WireFrame } from "./wire-call.ts";

/**
 * What a frame says: a message of its method as JSON, trailers as lines, an end or an error as the JSON that it is. A
 * compressed frame has to be decompressed before.
 */
export function decodeFrame(frame: WireFrame, method: DescMethod | undefined, types: Registry): Decoded {
  if (frame.incomplete)
    return unreadable(`the connection ended before the frame did: got ${frame.payload.length} bytes`);
  if (frame.payload.length < frame.length) {
    return unreadable(`too long to be kept whole: only its first ${frame.payload.length} bytes are here`);
  }
  switch (frame.meaning) {
    case "message":
      return decodePayload(
        frame.payload,
        frame.codec,
        frame.direction === "sent" ? method?.input : method?.output,
        types,
      );
    case "end-stream":
    case "error":
      return decodePayload(frame.payload, "json", undefined, types);
    default:
      return { kind: "text", text: new TextDecoder().decode(frame.payload).trimEnd() };
  }
}

function unreadable(reason: string): Decoded {
  return { kind: "unreadable", reason };
}
