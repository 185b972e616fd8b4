/** The protocol of a call as people know it. */
export type RecordedProtocol = "grpc-web" | "connect" | "connect-json" | "websocket" | "http";

/** How the bytes of one direction are framed: gRPC-Web and Connect streams into envelopes, anything else not at all. */
export type Framing = "grpc-web" | "connect-stream" | "body";

/** What a message is written in. */
export type Codec = "proto" | "json" | "unknown";

/** What a content type says about the bytes that it stands for. */
export interface RecordedFormat {
  readonly protocol: RecordedProtocol;
  readonly framing: Framing;
  readonly codec: Codec;
}

const formats: readonly (readonly [RegExp, RecordedFormat])[] = [
  [/^application\/grpc-web(\+proto)?$/, { protocol: "grpc-web", framing: "grpc-web", codec: "proto" }],
  [/^application\/grpc-web\+json$/, { protocol: "grpc-web", framing: "grpc-web", codec: "json" }],
  [/^application\/connect\+proto$/, { protocol: "connect", framing: "connect-stream", codec: "proto" }],
  [/^application\/connect\+json$/, { protocol: "connect-json", framing: "connect-stream", codec: "json" }],
  [/^application\/proto$/, { protocol: "connect", framing: "body", codec: "proto" }],
  [/^application\/json$/, { protocol: "connect-json", framing: "body", codec: "json" }],
];

const unknownFormat: RecordedFormat = { protocol: "http", framing: "body", codec: "unknown" };

/** What a content type says, its parameters left aside; bytes of a type that is not known are one body. */
export function recordedFormat(contentType: string | undefined): RecordedFormat {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  return formats.find(([pattern]) => pattern.test(type))?.[1] ?? unknownFormat;
}
