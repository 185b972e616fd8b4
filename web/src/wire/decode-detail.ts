import type { Registry } from "@bufbuild/protobuf";
import { type Decoded, decodePayload } from "./decode-payload.ts";

/** What a detail of an error says, where its type is known. */
export function decodeDetail(detail: { readonly type: string; readonly value: Uint8Array }, types: Registry): Decoded {
  const schema = types.getMessage(detail.type);
  if (schema === undefined) return { kind: "unreadable", reason: "this page does not know the type" };
  return decodePayload(detail.value, "proto", schema, types);
}
