import type { ProtocolName } from "@triptych/rpc/protocols/wire-format.ts";

/** What OpenTelemetry's conventions call the system of a call (`rpc.system.name`). */
export function rpcSystem(protocol: ProtocolName): "connectrpc" | "grpc" {
  return protocol === "connect" ? "connectrpc" : "grpc";
}

/**
 * What they call its status code (`rpc.response.status_code`), of one of our names, such as `NotFound` or `ok`: as its protocol writes it.
 * Undefined for a call of Connect that went well, which has none.
 */
export function rpcStatusCode(protocol: ProtocolName, code: string): string | undefined {
  const words = code.replace(/(?<=[a-z])(?=[A-Z])/g, "_");
  if (protocol === "connect") return code === "ok" ? undefined : words.toLowerCase();
  // gRPC alone writes this code with two l.
  return code === "Canceled" ? "CANCELLED" : words.toUpperCase();
}
