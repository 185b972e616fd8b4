import { type DescMessage, fromBinary, type Registry, toJson } from "@bufbuild/protobuf";
import type { Codec } from "./wire-format.ts";

/** The text that a payload says, or why there is none. */
export type Decoded =
  | { readonly kind: "json" | "text"; readonly text: string }
  | { readonly kind: "unreadable"; readonly reason: string };

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
