import { create, type DescMessage, type DescMethod, type MessageInitShape, toBinary } from "@bufbuild/protobuf";
import { envelope } from "./envelope.ts";

/** A call as it goes over the wire, whatever the HTTP version. */
export interface Call {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
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

function pathOf(method: DescMethod): string {
  return `/${method.parent.typeName}/${method.name}`;
}

function encode<I extends DescMessage>(input: I, message: MessageInitShape<I>): Uint8Array {
  return toBinary(input, create(input, message));
}
