/** The protocol that the page under test uses, as its URL names it. */
export type Protocol = "grpc-web" | "connect" | "connect-json" | "websocket";

/** How a protocol shows itself to people and on the wire. */
export interface ProtocolTraits {
  /** Its name on the switch in the header. */
  readonly label: string;
  /** Its name on the wall of greetings, where the format of the messages does not count. */
  readonly wallLabel: string;
  /** The content types of its calls; absent where they are no HTTP requests. */
  readonly contentTypes?: { readonly unary: string; readonly stream: string };
}

/** The traits of every protocol that the page has. */
export const protocolTraits: Readonly<Record<Protocol, ProtocolTraits>> = {
  "grpc-web": {
    label: "gRPC-Web",
    wallLabel: "gRPC-Web",
    contentTypes: { unary: "application/grpc-web+proto", stream: "application/grpc-web+proto" },
  },
  connect: {
    label: "Connect",
    wallLabel: "Connect",
    contentTypes: { unary: "application/proto", stream: "application/connect+proto" },
  },
  "connect-json": {
    label: "Connect JSON",
    wallLabel: "Connect",
    contentTypes: { unary: "application/json", stream: "application/connect+json" },
  },
  websocket: {
    label: "WebSocket",
    wallLabel: "gRPC-Web",
  },
};
