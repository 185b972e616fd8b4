import { base64Decode } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import type { WireFormat } from "../wire-format.ts";
import { parseEncodingQuery } from "./content-type.ts";

/** A unary call of Connect as the query of a GET carries it. */
export interface QueryCall {
  /** Undefined when `encoding` names none that there is. */
  readonly format: WireFormat | undefined;
  /** The compression of the message, as the query names it. */
  readonly compression: string | null;
  /** The bytes of the message, or what is wrong with them. */
  readonly message: Uint8Array | ConnectError;
}

/** Reads the query of a GET. */
export function readQuery(query: string): QueryCall {
  const parameters = new URLSearchParams(query);
  return {
    format: parseEncodingQuery(parameters.get("encoding")),
    compression: parameters.get("compression"),
    message: readMessage(parameters.get("message") ?? "", parameters.get("base64") === "1"),
  };
}

function readMessage(text: string, isBase64: boolean): Uint8Array | ConnectError {
  if (!isBase64) return new TextEncoder().encode(text);
  try {
    return base64Decode(text);
  } catch {
    return new ConnectError(
      "message must be base64, as base64=1 says: got characters that are not",
      Code.InvalidArgument,
    );
  }
}
