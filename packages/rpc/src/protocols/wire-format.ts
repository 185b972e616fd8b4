/** The three protocols. */
export type ProtocolName = "grpc" | "grpc-web" | "connect";

/** How one protocol carries calls with one codec: what a content type says. */
export interface WireFormat {
  readonly protocol: ProtocolName;
  /** Protobuf, or else JSON. */
  readonly binary: boolean;
  /** Whether messages are in envelopes of five bytes more; only unary calls of Connect have none. */
  readonly enveloped: boolean;
  /** Whether the frames of requests and responses are base64 (gRPC-Web's text mode). */
  readonly text: { readonly request: boolean; readonly response: boolean };
  /** Whether larger messages of a response may be compressed. */
  readonly compressible: boolean;
  /** Where the status of a call is: in trailers, in a last envelope of the body, or in the status of HTTP. */
  readonly statusIn: "trailers" | "body" | "http";
  /** The flag of request envelopes that carry no message and are skipped; 0 where there are none. */
  readonly endFlag: number;
  /** The content type of a response. */
  readonly contentType: string;
  /** The header that carries the timeout of the call. */
  readonly timeoutHeader: "grpc-timeout" | "connect-timeout-ms";
  /** The header that names the compression of messages. */
  readonly encodingHeader: "grpc-encoding" | "connect-content-encoding" | "content-encoding";
  /** The header that names the compressions a client accepts. */
  readonly acceptHeader: "grpc-accept-encoding" | "connect-accept-encoding" | "accept-encoding";
}

/** Neither the request nor the response is text. */
export const NO_TEXT = { request: false, response: false } as const;

/** Both codecs of a protocol. */
export interface Codecs {
  readonly proto: WireFormat;
  readonly json: WireFormat;
}

/** Makes the formats of a protocol from what they have in common and their content types. */
export function codecsOf(common: Omit<WireFormat, "binary" | "contentType">, typePrefix: string): Codecs {
  return {
    proto: Object.freeze({ ...common, binary: true, contentType: `${typePrefix}proto` }),
    json: Object.freeze({ ...common, binary: false, contentType: `${typePrefix}json` }),
  };
}
