import type { Codec, Protocol } from "./call-protocol.ts";
import { createHttp1Client } from "./http1-client.ts";
import { createHttp2Client } from "./http2-client.ts";
import type { RawClient } from "./raw-call.ts";

/** A protocol, a codec and a version of HTTP that go together. */
export interface CallStyle {
  readonly protocol: Protocol;
  readonly codec: Codec;
  readonly http: "HTTP/1.1" | "HTTP/2";
}

/** Every way to call: gRPC needs trailers and so HTTP/2; the text mode of gRPC-Web is for Protobuf only. */
export const STYLES: readonly CallStyle[] = [
  { protocol: "grpc", codec: "proto", http: "HTTP/2" },
  { protocol: "grpc", codec: "json", http: "HTTP/2" },
  { protocol: "grpc-web", codec: "proto", http: "HTTP/1.1" },
  { protocol: "grpc-web", codec: "proto", http: "HTTP/2" },
  { protocol: "grpc-web", codec: "json", http: "HTTP/1.1" },
  { protocol: "grpc-web", codec: "json", http: "HTTP/2" },
  { protocol: "grpc-web-text", codec: "proto", http: "HTTP/1.1" },
  { protocol: "grpc-web-text", codec: "proto", http: "HTTP/2" },
  { protocol: "connect", codec: "proto", http: "HTTP/1.1" },
  { protocol: "connect", codec: "proto", http: "HTTP/2" },
  { protocol: "connect", codec: "json", http: "HTTP/1.1" },
  { protocol: "connect", codec: "json", http: "HTTP/2" },
];

/** Some of them, for what is tried over TLS, too: both versions of HTTP, and each protocol. */
export const ENCRYPTED_STYLES: readonly CallStyle[] = [
  { protocol: "grpc", codec: "proto", http: "HTTP/2" },
  { protocol: "grpc-web", codec: "proto", http: "HTTP/1.1" },
  { protocol: "connect", codec: "json", http: "HTTP/2" },
];

/** A client of the style's version of HTTP, over TLS if so. */
export function createRawClient({ http }: CallStyle, port: number, isEncrypted = false): RawClient {
  return http === "HTTP/2" ? createHttp2Client(port, isEncrypted) : createHttp1Client(port, isEncrypted);
}
