import { trailerFlag } from "@connectrpc/connect/protocol-grpc-web";
import { parseMediaType } from "../media-type.ts";
import { codecsOf, NO_TEXT, type WireFormat } from "../wire-format.ts";

const common = {
  protocol: "grpc-web",
  enveloped: true,
  text: NO_TEXT,
  compressible: true,
  statusIn: "body",
  endFlag: trailerFlag,
  timeoutHeader: "grpc-timeout",
  encodingHeader: "grpc-encoding",
  acceptHeader: "grpc-accept-encoding",
} as const;

/** The formats of gRPC-Web. */
export const grpcWebFormats = codecsOf(common, "application/grpc-web+");

/** gRPC-Web in text mode: the request, and as always then the response, is base64. */
export const grpcWebTextFormat = textFormat(true);

/** gRPC-Web with a binary request whose client accepts only a response in base64. */
export const grpcWebTextResponseFormat = textFormat(false);

/** gRPC-Web as WebSockets carry it: trailers have a frame of their own outside the messages. */
export const grpcWebSocketFormat: WireFormat = Object.freeze({
  ...grpcWebFormats.proto,
  compressible: false,
  statusIn: "trailers",
});

function textFormat(request: boolean): WireFormat {
  const contentType = "application/grpc-web-text+proto";
  return Object.freeze({
    ...common,
    compressible: false,
    binary: true,
    text: { request, response: true },
    contentType,
  });
}

/**
 * The format that a content type of gRPC-Web names, with the response in text where `accept` asks for that; undefined for any other type.
 */
export function parseContentType(contentType: string, accept: string | undefined): WireFormat | undefined {
  const type = parseMediaType(contentType);
  const isBinary = type?.suffix === "" || type?.suffix === "proto";
  if (type?.essence === "application/grpc-web-text") return isBinary ? grpcWebTextFormat : undefined;
  if (type?.essence !== "application/grpc-web") return undefined;
  if (isBinary && acceptsText(accept)) return grpcWebTextResponseFormat;
  if (type.suffix === "json" && type.utf8) return grpcWebFormats.json;
  return isBinary && type.plain ? grpcWebFormats.proto : undefined;
}

function acceptsText(accept: string | undefined): boolean {
  if (accept === undefined || !accept.includes("grpc-web-text")) return false;
  return accept.split(",").some((one) => parseMediaType(one)?.essence === "application/grpc-web-text");
}
