/** How the app talks to the server: a protocol, and for Connect the format of its messages. */
export type Protocol = "grpc-web" | "connect" | "connect-json" | "websocket";

/** What people see of a protocol. */
export interface ProtocolInfo {
  readonly protocol: Protocol;
  /** Its name, short enough for a switch on a phone. */
  readonly label: string;
  /** Its name with the format of its messages. */
  readonly longLabel: string;
  /** Whether a page can go on sending within a call: client streaming and bidirectional streaming. */
  readonly streamsRequests: boolean;
}

/** All protocols, in the order in which the switch shows them. */
export const protocols: readonly ProtocolInfo[] = [
  { protocol: "grpc-web", label: "gRPC-Web", longLabel: "gRPC-Web", streamsRequests: false },
  { protocol: "connect", label: "Connect", longLabel: "Connect, binary", streamsRequests: false },
  { protocol: "connect-json", label: "Connect JSON", longLabel: "Connect, JSON", streamsRequests: false },
  { protocol: "websocket", label: "WebSocket", longLabel: "one WebSocket", streamsRequests: true },
];

/** The protocol used where the URL names none. */
export const defaultProtocol: Protocol = "grpc-web";

/** Reads the value of `?protocol=`; anything that is no protocol gives the default one. */
export function parseProtocol(value: string | null): Protocol {
  return protocols.find(({ protocol }) => protocol === value)?.protocol ?? defaultProtocol;
}
