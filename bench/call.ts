import {
  create,
  type DescMessage,
  type DescMethod,
  type MessageInitShape,
  toBinary,
  toJsonString,
} from "@bufbuild/protobuf";
import { envelope } from "./envelope.ts";

/** A call as it goes over the wire, whatever the HTTP version. */
export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The messages of the body, where each is sent in a frame of HTTP/2 of its own. */
  readonly messages?: readonly Buffer[];
  /** Whether the client's side of the stream stays open behind the body. */
  readonly staysOpen?: boolean;
  /** Whether the body of an answer says that the call succeeded, where status and headers do not. */
  readonly isGood?: (answer: Buffer) => boolean;
}

/** A gRPC call of a method with one message. */
export function grpcCall<I extends DescMessage>(
  method: DescMethod & { readonly input: I },
  message: MessageInitShape<I>,
): Call {
  return {
    path: pathOf(method),
    headers: { "content-type": "application/grpc", te: "trailers" },
    body: envelope(encode(method.input, message)),
  };
}

/** A gRPC call of a method with many equal messages, each sent in a frame of its own. */
export function grpcStreamCall<I extends DescMessage>(
  method: DescMethod & { readonly input: I },
  message: MessageInitShape<I>,
  count: number,
): Call {
  const call = grpcCall(method, message);
  const messages = Array.from({ length: count }, () => call.body);
  return { ...call, body: Buffer.concat(messages), messages };
}

/** A gRPC-Web call of a method with one message. */
export function grpcWebCall<I extends DescMessage>(
  method: DescMethod & { readonly input: I },
  message: MessageInitShape<I>,
): Call {
  return {
    path: pathOf(method),
    headers: { "content-type": "application/grpc-web+proto", "x-grpc-web": "1" },
    body: envelope(encode(method.input, message)),
    isGood: (answer) => /grpc-status: ?0\r\n/.test(answer.toString("latin1")),
  };
}

/** A unary Connect call with its message in binary or in JSON. */
export function connectCall<I extends DescMessage>(
  method: DescMethod & { readonly input: I },
  message: MessageInitShape<I>,
  format: "proto" | "json",
): Call {
  return {
    path: pathOf(method),
    headers: { "content-type": `application/${format}`, "connect-protocol-version": "1" },
    body:
      format === "proto"
        ? Buffer.from(encode(method.input, message))
        : Buffer.from(toJsonString(method.input, create(method.input, message))),
  };
}

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function encode<I extends DescMessage>(input: I, message: MessageInitShape<I>): Uint8Array {
  return toBinary(input, create(input, message));
}
