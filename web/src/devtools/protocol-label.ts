import type { RecordedProtocol } from "@triptych/rpc-web";

const labels: Readonly<Record<RecordedProtocol, string>> = {
  "grpc-web": "gRPC-Web",
  connect: "Connect",
  "connect-json": "Connect JSON",
  websocket: "WebSocket",
  http: "HTTP",
};

/** The name of a protocol, as the switch in the header has it. */
export function protocolLabel(protocol: RecordedProtocol): string {
  return labels[protocol];
}
