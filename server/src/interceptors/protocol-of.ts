/** The protocols that the log and the metrics tell apart. */
export type CallProtocol = "grpc" | "grpc-web" | "connect";

/** The protocol of a call as its metadata tell it: `grpc`, `grpc-web` or `connect`. */
export function protocolOf(header: Headers): CallProtocol {
  const contentType = header.get("content-type") ?? "";
  if (contentType.startsWith("application/grpc-web")) return "grpc-web";
  return contentType.startsWith("application/grpc") ? "grpc" : "connect";
}
