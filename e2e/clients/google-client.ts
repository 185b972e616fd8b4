import {
  create,
  type DescMessage,
  type DescMethodServerStreaming,
  type DescMethodUnary,
  fromBinary,
  type MessageInitShape,
  type MessageShape,
  toBinary,
} from "@bufbuild/protobuf";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { type ClientReadableStream, GrpcWebClientBase, MethodDescriptor, MethodType } from "grpc-web";

/** A stream of responses as Google's client tells of it. */
export interface RecordedStream {
  /** What has happened so far, in order: `message …`, `status …`, `error …`, `end`. */
  readonly events: readonly string[];
  cancel(): void;
}

const client = new GrpcWebClientBase({ format: "text" });

/** Greets someone; rejects with the client's own error. */
export async function sayHello(name: string): Promise<string> {
  const method = GreeterService.method.sayHello;
  const descriptor = descriptorOf(method, MethodType.UNARY);
  const response = await client.unaryCall(urlOf(method), create(method.input, { name }), {}, descriptor);
  return response.message;
}

/** Greets someone again and again; each message is told by its number. */
export function streamGreetings(request: {
  readonly name: string;
  readonly count: number;
  readonly seconds: number;
}): RecordedStream {
  const { name, count, seconds } = request;
  const interval = { seconds: BigInt(Math.floor(seconds)), nanos: Math.round((seconds % 1) * 1e9) };
  const stream = open(GreeterService.method.streamGreetings, { name, count, interval });
  return record(stream, ({ number }) => `${number}`);
}

/** Follows the greetings made on the server; each message is told by the name, and the first, which has none, as a position. */
export function watchGreetings(): RecordedStream {
  const stream = open(GreeterService.method.watchGreetings, {});
  return record(stream, ({ update }) => (update.case === "greeting" ? update.value.name : (update.case ?? "nothing")));
}

function open<I extends DescMessage, O extends DescMessage>(
  method: DescMethodServerStreaming<I, O>,
  request: MessageInitShape<I>,
): ClientReadableStream<MessageShape<O>> {
  const descriptor = descriptorOf(method, MethodType.SERVER_STREAMING);
  return client.serverStreaming(urlOf(method), create(method.input, request), {}, descriptor);
}

function record<T>(stream: ClientReadableStream<T>, tell: (message: T) => string): RecordedStream {
  const events: string[] = [];
  stream.on("data", (message) => events.push(`message ${tell(message)}`));
  stream.on("status", ({ code }) => events.push(`status ${code}`));
  stream.on("error", ({ code }) => events.push(`error ${code}`));
  stream.on("end", () => events.push("end"));
  return { events, cancel: () => stream.cancel() };
}

const pathOf = ({ name }: { readonly name: string }) => `/${GreeterService.typeName}/${name}`;
const urlOf = (method: { readonly name: string }) => `${location.origin}${pathOf(method)}`;

function descriptorOf<I extends DescMessage, O extends DescMessage>(
  method: DescMethodUnary<I, O> | DescMethodServerStreaming<I, O>,
  type: string,
): MethodDescriptor<MessageShape<I>, MessageShape<O>> {
  return new MethodDescriptor(
    pathOf(method),
    type,
    // The client makes no message by itself; the constructors are for generated code.
    Object as never,
    Object as never,
    (message: MessageShape<I>) => toBinary(method.input, message),
    (bytes: Uint8Array) => fromBinary(method.output, bytes),
  );
}
