import type { RecordedCall } from "@triptych/rpc-web";

const kinds = {
  unary: "unary",
  server_streaming: "server stream",
  client_streaming: "client stream",
  bidi_streaming: "bidi stream",
} as const;

/** The kind of a call in words: from the descriptor of its method, else as far as its content type tells. */
export function callKind({ method, protocol, framing }: RecordedCall): string {
  if (method !== undefined) return kinds[method.methodKind];
  if (framing === "connect-stream") return "stream";
  return protocol.startsWith("connect") ? "unary" : "unknown kind";
}
