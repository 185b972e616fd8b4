import {
  create,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { Client, type ClientDuplexStream, type ClientReadableStream, credentials, Metadata } from "@grpc/grpc-js";

/** Methods of one kind, with the types of their messages. */
type MethodOf<Kind extends DescMethod["methodKind"]> = DescMethod & { readonly methodKind: Kind };
type Input<M extends DescMethod> = MessageInitShape<M["input"]>;
type Output<M extends DescMethod> = MessageShape<M["output"]>;

/** Calls any service with `@grpc/grpc-js`, on one connection, which is closed with it. */
export interface GrpcJsClient extends Disposable {
  unary<M extends MethodOf<"unary">>(
    method: M,
    request: Input<M>,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Output<M>>;
  serverStream<M extends MethodOf<"server_streaming">>(method: M, request: Input<M>): ClientReadableStream<Output<M>>;
  bidi<M extends MethodOf<"bidi_streaming">>(method: M): ClientDuplexStream<Input<M>, Output<M>>;
}

/** Creates a client of a server in clear text. */
export function createGrpcJsClient(baseUrl: string): GrpcJsClient {
  // A proxy that the environment names is for the outside, not for a server under test.
  const client = new Client(new URL(baseUrl).host, credentials.createInsecure(), { "grpc.enable_http_proxy": 0 });
  return {
    unary: (method, request, headers = {}) =>
      new Promise((resolve, reject) => {
        const metadata = new Metadata();
        for (const [name, value] of Object.entries(headers)) metadata.set(name, value);
        client.makeUnaryRequest(...wireOf(method), request, metadata, (error, response) => {
          if (response === undefined) reject(error);
          else resolve(response);
        });
      }),
    serverStream: (method, request) => client.makeServerStreamRequest(...wireOf(method), request),
    bidi: (method) => client.makeBidiStreamRequest(...wireOf(method)),
    [Symbol.dispose]: () => client.close(),
  };
}

/** The path of a method, how its requests become bytes, and bytes its responses. */
function wireOf<M extends DescMethod>(
  method: M,
): [path: string, (request: Input<M>) => Buffer, (bytes: Buffer) => Output<M>] {
  return [
    `/${method.parent.typeName}/${method.name}`,
    (request) => Buffer.from(toBinary(method.input, create(method.input, request))),
    // The type of the schema, which the compiler does not follow through the method.
    (bytes) => fromBinary(method.output, bytes) as Output<M>,
  ];
}
