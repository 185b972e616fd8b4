import type { WireProtocol } from "./wire-format.ts";

const labels: Readonly<Record<WireProtocol, string>> = {
  "grpc-web": "gRPC-Web",
  connect: "Connect",
  "connect-json": "Connect JSON",
  websocket: "WebSocket",
  http: "HTTP",
};

/** The name of a protocol, as the switch in the header has it. */
export function protocolLabel(protocol: WireProtocol): string {
  return labels[protocol];
}
