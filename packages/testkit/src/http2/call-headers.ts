import { block } from "./http2-frames.ts";

/** The header block of a gRPC call, and some more. */
export function callHeaders(path: string, more: readonly (readonly [name: string, value: string])[] = []): Buffer {
  return block([
    [":method", "POST"],
    [":scheme", "http"],
    [":path", path],
    [":authority", "localhost"],
    ["content-type", "application/grpc"],
    ["te", "trailers"],
    ...more,
  ]);
}
