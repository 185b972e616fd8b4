/** The protocol that the page under test uses, as its URL names it. */
export type Protocol = "grpc-web" | "connect" | "connect-json";

/** How a protocol shows itself to people and on the wire. */
export interface ProtocolTraits {
  /** Its name on the switch in the header. */
  readonly label: string;
  /** Its name on the wall of greetings, where the format of the messages does not count. */
  readonly wallLabel: string;
  readonly unaryContentType: string;
  readonly streamContentType: string;
}

/** The traits of every protocol that the page has. */
export const protocolTraits: Readonly<Record<Protocol, ProtocolTraits>> = {
  "grpc-web": {
    label: "gRPC-Web",
    wallLabel: "gRPC-Web",
    unaryContentType: "application/grpc-web+proto",
    streamContentType: "application/grpc-web+proto",
  },
  connect: {
    label: "Connect",
    wallLabel: "Connect",
    unaryContentType: "application/proto",
    streamContentType: "application/connect+proto",
  },
  "connect-json": {
    label: "Connect JSON",
    wallLabel: "Connect",
    unaryContentType: "application/json",
    streamContentType: "application/connect+json",
  },
};
