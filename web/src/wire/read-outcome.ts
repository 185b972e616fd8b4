import { trailerParse } from "@connectrpc/connect/protocol-grpc-web";
import type { FrameMeaning, HeaderEntry } from "@triptych/rpc-web";
import type { WireCall } from "./wire-call.ts";
import { readEndStream, statusFromErrorBody, statusFromTrailers } from "./wire-status.ts";

/** What the last frame of a call says: how it ended, and the trailers. Empty for other frames, and for damaged ones. */
export function readOutcome(
  meaning: FrameMeaning,
  payload: Uint8Array,
): Partial<Pick<WireCall, "status" | "trailers">> {
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

/** The trailers of a Connect unary call, which cross as headers with `trailer-` before their names. */
export function trailersAmongHeaders(headers: readonly HeaderEntry[]): readonly HeaderEntry[] {
  const prefix = "trailer-";
  return headers.flatMap(([name, value]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : []));
}
