import {
  create,
  type DescMessage,
  type DescMethod,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { grpc } from "@improbable-eng/grpc-web";

/** A call as the `@improbable-eng/grpc-web` client makes it over a WebSocket. */
export interface ImprobableCall<I extends DescMessage, O extends DescMessage> {
  send(message: MessageInitShape<I>): void;
  finishSend(): void;
  close(): void;
  /** The response headers. */
  readonly headers: Promise<grpc.Metadata>;
  /** The message that comes next; rejects when the call ends first. */
  next(): Promise<MessageShape<O>>;
  /** How the call ended. */
  readonly end: Promise<ImprobableEnd>;
}

/** How a call of that client ended. */
export interface ImprobableEnd {
  readonly code: grpc.Code;
  readonly message: string;
  readonly trailers: grpc.Metadata;
}

/** Starts a call of any kind over a WebSocket of its own. */
export function callOverWebSocket<I extends DescMessage, O extends DescMessage>(
  host: string,
  method: DescMethod & { readonly input: I; readonly output: O },
  metadata: Readonly<Record<string, string>> = {},
): ImprobableCall<I, O> {
  const headers = Promise.withResolvers<grpc.Metadata>();
  const end = Promise.withResolvers<ImprobableEnd>();
  const arrived: MessageShape<O>[] = [];
  let wake = Promise.withResolvers<void>();
  const call = grpc.client<Packed, Packed, grpc.MethodDefinition<Packed, Packed>>(descriptorOf(method), {
    host,
    transport: grpc.WebsocketTransport(),
  });
  call.onHeaders((received) => headers.resolve(received));
  call.onMessage((message) => {
    arrived.push(fromBinary(method.output, message.serializeBinary()));
    wake.resolve();
  });
  call.onEnd((code, message, trailers) => {
    end.resolve({ code, message, trailers });
    wake.reject(new Error(`the call has ended with ${code}: ${message}`));
    // Nobody may be waiting.
    wake.promise.catch(() => undefined);
  });
  call.start(new grpc.Metadata({ ...metadata }));
  return {
    send: (message) => call.send(pack(toBinary(method.input, create(method.input, message)))),
    finishSend: () => call.finishSend(),
    close: () => call.close(),
    headers: headers.promise,
    end: end.promise,
    async next() {
      while (arrived.length === 0) {
        await wake.promise;
        wake = Promise.withResolvers();
      }
      const [message] = arrived.splice(0, 1);
      if (message === undefined) throw new Error("a message has arrived");
      return message;
    },
  };
}

/** A message as that client holds it: one that knows its bytes. */
interface Packed extends grpc.ProtobufMessage {
  serializeBinary(): Uint8Array;
}

function pack(bytes: Uint8Array): Packed {
  return { serializeBinary: () => bytes, toObject: () => ({}) };
}

function descriptorOf(method: DescMethod): grpc.MethodDefinition<Packed, Packed> {
  // That client asks for classes as protoc makes them for Google's runtime; it uses only this much of them.
  const messageClass = { deserializeBinary: pack } as unknown as grpc.ProtobufMessageClass<Packed>;
  return {
    methodName: method.name,
    service: { serviceName: method.parent.typeName },
    requestStream: method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming",
    responseStream: method.methodKind === "server_streaming" || method.methodKind === "bidi_streaming",
    requestType: messageClass,
    responseType: messageClass,
  };
}
