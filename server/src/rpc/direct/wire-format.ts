import type { DescMethod } from "@bufbuild/protobuf";

/** How one protocol carries calls with one codec, as far as the direct path serves it. */
export interface WireFormat {
  readonly protocol: "grpc" | "grpc-web" | "connect";
  /** Protobuf, or else JSON. */
  readonly binary: boolean;
  /** Whether messages are in envelopes of five bytes more, and the end of the call is in the body or in trailers. */
  readonly enveloped: boolean;
  /** The content type of an answer. */
  readonly contentType: string;
  /** The header that carries the timeout of the call. */
  readonly timeoutHeader: "grpc-timeout" | "connect-timeout-ms";
  /** The header that names the compression of messages. */
  readonly encodingHeader: "grpc-encoding" | "connect-content-encoding" | "content-encoding";
  /** The header that names the compressions a client takes. */
  readonly acceptHeader: "grpc-accept-encoding" | "connect-accept-encoding" | "accept-encoding";
}

const grpcHeaders = {
  enveloped: true,
  timeoutHeader: "grpc-timeout",
  encodingHeader: "grpc-encoding",
  acceptHeader: "grpc-accept-encoding",
} as const;

const grpc = (codec: "proto" | "json"): WireFormat => ({
  ...grpcHeaders,
  protocol: "grpc",
  binary: codec === "proto",
  contentType: `application/grpc+${codec}`,
});

const grpcWeb = (codec: "proto" | "json"): WireFormat => ({
  ...grpcHeaders,
  protocol: "grpc-web",
  binary: codec === "proto",
  contentType: `application/grpc-web+${codec}`,
});

const connectUnary = (codec: "proto" | "json"): WireFormat => ({
  protocol: "connect",
  binary: codec === "proto",
  enveloped: false,
  contentType: `application/${codec}`,
  timeoutHeader: "connect-timeout-ms",
  encodingHeader: "content-encoding",
  acceptHeader: "accept-encoding",
});

const connectStream = (codec: "proto" | "json"): WireFormat => ({
  protocol: "connect",
  binary: codec === "proto",
  enveloped: true,
  contentType: `application/connect+${codec}`,
  timeoutHeader: "connect-timeout-ms",
  encodingHeader: "connect-content-encoding",
  acceptHeader: "connect-accept-encoding",
});

const grpcFormats: [string, WireFormat][] = [
  ["application/grpc", grpc("proto")],
  ["application/grpc+proto", grpc("proto")],
  ["application/grpc+json", grpc("json")],
  ["application/grpc-web", grpcWeb("proto")],
  ["application/grpc-web+proto", grpcWeb("proto")],
  ["application/grpc-web+json", grpcWeb("json")],
];

const unaryFormats: ReadonlyMap<string, WireFormat> = new Map([
  ...grpcFormats,
  ["application/proto", connectUnary("proto")],
  ["application/json", connectUnary("json")],
]);

const streamFormats: ReadonlyMap<string, WireFormat> = new Map([
  ...grpcFormats,
  ["application/connect+proto", connectStream("proto")],
  ["application/connect+json", connectStream("json")],
]);

/** The format of calls over WebSockets. */
export const grpcWebProto: WireFormat = grpcWeb("proto");

/**
 * The formats of a kind of call by content type, as clients write it; what is spelled in another way is the library's, and so are calls
 * over HTTP with more than one request message.
 */
export function formatsOf(kind: DescMethod["methodKind"]): ReadonlyMap<string, WireFormat> {
  if (kind === "unary") return unaryFormats;
  return kind === "server_streaming" ? streamFormats : NO_FORMATS;
}

const NO_FORMATS: ReadonlyMap<string, WireFormat> = new Map();
