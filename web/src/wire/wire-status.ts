import { Code, ConnectError } from "@connectrpc/connect";
import { endStreamFromJson, errorFromJsonBytes } from "@connectrpc/connect/protocol-connect";
import { findTrailerError } from "@connectrpc/connect/protocol-grpc";
import type { HeaderEntry } from "@triptych/rpc-web";
import { codeName } from "../errors/code-name.ts";

/** The status that a call ended with. */
export interface WireStatus {
  /** Undefined for OK. */
  readonly code: Code | undefined;
  /** What the server said; empty for OK. */
  readonly message: string;
  /** What the server added for programs, each an encoded message of a type. */
  readonly details: readonly { readonly type: string; readonly value: Uint8Array }[];
}

/** The status of a call that went well. */
export const okStatus: WireStatus = { code: undefined, message: "", details: [] };

/** The name of a status as it is written everywhere, such as `OK` or `NOT_FOUND`. */
export function statusName({ code }: WireStatus): string {
  return code === undefined ? "OK" : codeName(code);
}

/** The status in the trailers of gRPC-Web, or in the headers of a response that has only those; undefined if none. */
export function statusFromTrailers(trailers: readonly HeaderEntry[]): WireStatus | undefined {
  return attempt(() => {
    const headers = toHeaders(trailers);
    if (!headers.has("grpc-status")) return undefined;
    return statusOf(findTrailerError(headers));
  });
}

/** The status and the trailers in the last frame of a Connect stream; undefined when it cannot be read. */
export function readEndStream(
  payload: Uint8Array,
): { readonly status: WireStatus; readonly trailers: readonly HeaderEntry[] } | undefined {
  return attempt(() => {
    const { error, metadata } = endStreamFromJson(payload);
    return { status: statusOf(error), trailers: [...metadata] };
  });
}

/** The status in the body of a Connect unary call that failed; undefined when it cannot be read. */
export function statusFromErrorBody(payload: Uint8Array): WireStatus | undefined {
  return attempt(() => {
    return statusOf(errorFromJsonBytes(payload, undefined, new ConnectError("not an error in JSON", Code.Unknown)));
  });
}

function statusOf(error: ConnectError | undefined): WireStatus {
  if (error === undefined) return okStatus;
  const details = error.details.flatMap((detail) => ("value" in detail && "type" in detail ? [detail] : []));
  return { code: error.code, message: error.rawMessage, details: details.map(({ type, value }) => ({ type, value })) };
}

function toHeaders(list: readonly HeaderEntry[]): Headers {
  const headers = new Headers();
  for (const [name, value] of list) headers.append(name, value);
  return headers;
}

function attempt<T>(read: () => T | undefined): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
