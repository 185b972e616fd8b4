/** The protocols, with the text mode of gRPC-Web as one of its own. */
export const PROTOCOLS = ["grpc", "grpc-web", "grpc-web-text", "connect"] as const;

/** A protocol. */
export type Protocol = (typeof PROTOCOLS)[number];

/** How messages become bytes. */
export type Codec = "proto" | "json";

/** The content type of calls. */
export function contentTypeOf(protocol: Protocol, codec: Codec, isStream: boolean): string {
  if (protocol === "grpc-web-text") return "application/grpc-web-text+proto";
  if (protocol !== "connect") return `application/${protocol}+${codec}`;
  return isStream ? `application/connect+${codec}` : `application/${codec}`;
}

/** The header that names the compression of requests; answers are told by the same name. */
export function encodingHeaderOf(protocol: Protocol, isStream: boolean): string {
  if (protocol !== "connect") return "grpc-encoding";
  return isStream ? "connect-content-encoding" : "content-encoding";
}

/** The header that names the compressions that a client can undo. */
export function acceptHeaderOf(protocol: Protocol, isStream: boolean): string {
  if (protocol !== "connect") return "grpc-accept-encoding";
  return isStream ? "connect-accept-encoding" : "accept-encoding";
}
