import { Code, ConnectError } from "@connectrpc/connect";
import { endStreamFromJson, errorFromJsonBytes } from "@connectrpc/connect/protocol-connect";
import { findTrailerError } from "@connectrpc/connect/protocol-grpc";
import { trailerParse } from "@connectrpc/connect/protocol-grpc-web";
import type { FrameMeaning, HeaderEntry } from "./call-recorder.ts";

/** The status that a call ended with. */
export interface CallStatus {
  /** Undefined for OK. */
  readonly code: Code | undefined;
  /** What the server said; empty for OK. */
  readonly message: string;
  /** What the server added for programs, each an encoded message of a type. */
  readonly details: readonly { readonly type: string; readonly value: Uint8Array }[];
}

/** The status of a call that went well. */
export const okStatus: CallStatus = { code: undefined, message: "", details: [] };

/** The status in the trailers of gRPC-Web, or in the headers of a response that has only those; undefined if none. */
export function statusFromTrailers(trailers: readonly HeaderEntry[]): CallStatus | undefined {
  return attempt(() => {
    const headers = toHeaders(trailers);
    if (!headers.has("grpc-status")) return undefined;
    return statusOf(findTrailerError(headers));
  });
}

/** The status and the trailers in the last frame of a Connect stream; undefined when it cannot be read. */
function readEndStream(
  payload: Uint8Array,
): { readonly status: CallStatus; readonly trailers: readonly HeaderEntry[] } | undefined {
  return attempt(() => {
    const { error, metadata } = endStreamFromJson(payload);
    return { status: statusOf(error), trailers: [...metadata] };
  });
}

/** The status in the body of a Connect unary call that failed; undefined when it cannot be read. */
function statusFromErrorBody(payload: Uint8Array): CallStatus | undefined {
  return attempt(() => {
    return statusOf(errorFromJsonBytes(payload, undefined, new ConnectError("not an error in JSON", Code.Unknown)));
  });
}

function statusOf(error: ConnectError | undefined): CallStatus {
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

/** What the last frame of a call says: how it ended, and the trailers. Empty for other frames, and for damaged ones. */
export function readOutcome(
  meaning: FrameMeaning,
  payload: Uint8Array,
): { readonly status?: CallStatus | undefined; readonly trailers?: readonly HeaderEntry[] } {
  switch (meaning) {
    case "trailers": {
      const trailers = readTrailers(payload);
      return { trailers, status: statusFromTrailers(trailers) };
    }
    case "end-stream":
      return readEndStream(payload) ?? {};
    case "error":
      return { status: statusFromErrorBody(payload) };
    default:
      return {};
  }
}

function readTrailers(payload: Uint8Array): readonly HeaderEntry[] {
  try {
    return [...trailerParse(payload)];
  } catch {
    // A name or a value that no header can have.
    return [];
  }
}

/** The trailers of a Connect unary call, which are sent as headers with `trailer-` before their names. */
export function trailersAmongHeaders(headers: readonly HeaderEntry[]): readonly HeaderEntry[] {
  const prefix = "trailer-";
  return headers.flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : []));
}
