import {
  create,
  createRegistry,
  fromBinary,
  type JsonValue,
  type Registry,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import type { ConnectError } from "@connectrpc/connect";
import { file_google_rpc_error_details } from "@triptych/proto/google/rpc/error_details_pb.ts";

/** A detail of an error: what it says where its type is known, else its bytes. */
export interface ErrorDetail {
  /** The full name of its type. */
  readonly type: string;
  readonly content: { readonly json: JsonValue } | { readonly base64: string };
}

const common = createRegistry(file_google_rpc_error_details);

/** The details of an error, read with the types that the server told of and those of google.rpc, which most errors use. */
export function readDetails(error: ConnectError, types: Registry): ErrorDetail[] {
  const registry = createRegistry(common, types);
  return error.details.map((detail) => {
    const [type, bytes] =
      "desc" in detail
        ? [detail.desc.typeName, toBinary(detail.desc, create(detail.desc, detail.value))]
        : [detail.type, detail.value];
    return { type, content: contentOf(type, bytes, registry) };
  });
}

function contentOf(type: string, bytes: Uint8Array, registry: Registry): ErrorDetail["content"] {
  const desc = registry.getMessage(type);
  try {
    if (desc !== undefined) return { json: toJson(desc, fromBinary(desc, bytes), { registry }) };
  } catch {
    // Bytes that are not what their type says, or an Any in them of a type that nobody told of.
  }
  return { base64: base64Encode(bytes) };
}
