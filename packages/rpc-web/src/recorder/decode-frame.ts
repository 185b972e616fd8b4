import { type DescMessage, type DescMethod, fromBinary, type Registry, toJson } from "@bufbuild/protobuf";
import type { RecordedFrame } from "./recorded-call.ts";
import type { Codec } from "./recorded-format.ts";

/** The text that a payload says, or why there is none. */
export type Decoded =
  | { readonly kind: "json" | "text"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: string };

/**
 * What a frame says: a message of its method as JSON, trailers as lines, an end or an error as the JSON that it is. A
 * compressed frame has to be decompressed before. Never throws.
 */
export function decodeFrame(frame: RecordedFrame, method: DescMethod | undefined, types: Registry): Decoded {
  const { meaning, codec, direction, payload, length, incomplete } = frame;
  if (incomplete) return unreadable(`the connection ended before the frame did: got ${payload.length} bytes`);
  if (payload.length < length) {
    return unreadable(`too long to be kept whole: only its first ${payload.length} bytes are here`);
  }
  switch (meaning) {
    case "message":
      return decodePayload(payload, codec, direction === "sent" ? method?.input : method?.output, types);
    case "end-stream":
    case "error":
      return decodePayload(payload, "json", undefined, types);
    default:
      return { kind: "text", text: new TextDecoder().decode(payload).trimEnd() };
  }
}

/** What a detail of an error says, where its type is known. Never throws. */
export function decodeDetail(detail: { readonly type: string; readonly value: Uint8Array }, types: Registry): Decoded {
  const schema = types.getMessage(detail.type);
  if (schema === undefined) return unreadable("this page does not know the type");
  return decodePayload(detail.value, "proto", schema, types);
}

/** Reads a message as indented JSON, with its descriptor where it is not JSON already. Never throws. */
export function decodePayload(
  payload: Uint8Array,
  codec: Codec,
  schema: DescMessage | undefined,
  registry: Registry,
): Decoded {
  if (codec === "unknown") return unreadable("the content type is not one of a message");
  if (codec === "proto" && schema === undefined) return unreadable("this page does not know the method's messages");
  try {
    return json(
      codec === "json" || schema === undefined
        ? JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(payload))
        : toJson(schema, fromBinary(schema, payload), { registry }),
    );
  } catch (error) {
    return unreadable(error instanceof Error ? error.message : String(error));
  }
}

function json(value: unknown): Decoded {
  return { kind: "json", text: JSON.stringify(value, null, 2) };
}

function unreadable(reason: string): Decoded {
  return { kind: "unreadable", reason };
}
