import { parseMediaType } from "../media-type.ts";
import { codecsOf, NO_TEXT, type WireFormat } from "../wire-format.ts";

/** The formats of gRPC over HTTP/2, and over HTTP/1.1 where a client can read its trailers. */
export const grpcFormats = codecsOf(
  {
    protocol: "grpc",
    enveloped: true,
    text: NO_TEXT,
    compressible: true,
    statusIn: "trailers",
    endFlag: 0,
    timeoutHeader: "grpc-timeout",
    encodingHeader: "grpc-encoding",
    acceptHeader: "grpc-accept-encoding",
  },
  "application/grpc+",
);

/** The format that a content type of gRPC names; undefined for any other. */
export function parseContentType(contentType: string): WireFormat | undefined {
  const type = parseMediaType(contentType);
  if (type?.essence !== "application/grpc") return undefined;
  if (type.suffix === "json" && type.utf8) return grpcFormats.json;
  return (type.suffix === "" || type.suffix === "proto") && type.plain ? grpcFormats.proto : undefined;
}
