// The reference implementation of gRPC for Node, with messages by the same library as everyone's here.
import { create, type DescMessage, type DescMethod, fromBinary, type MessageShape, toBinary } from "@bufbuild/protobuf";
import {
  type MethodDefinition,
  Server,
  ServerCredentials,
  type ServerDuplexStream,
  type ServerReadableStream,
  type ServerUnaryCall,
  type ServerWritableStream,
  type sendUnaryData,
} from "@grpc/grpc-js";
import {
  type ConverseRequest,
  type ConverseResponse,
  ConverseResponseSchema,
  GreeterService,
  type GreetGroupRequest,
  type GreetGroupResponse,
  GreetGroupResponseSchema,
  type SayHelloRequest,
  type SayHelloResponse,
  SayHelloResponseSchema,
  type StreamGreetingsRequest,
  type StreamGreetingsResponse,
  StreamGreetingsResponseSchema,
  type WatchGreetingsRequest,
  type WatchGreetingsResponse,
  WatchGreetingsResponseSchema,
} from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { announce } from "./announce.ts";
import { createBroadcast } from "./broadcast.ts";

const { sayHello, streamGreetings, watchGreetings, greetGroup, converse } = GreeterService.method;

const broadcast = createBroadcast();
const server = new Server();
server.addService(
  {
    sayHello: definition(sayHello),
    streamGreetings: definition(streamGreetings),
    watchGreetings: definition(watchGreetings),
    greetGroup: definition(greetGroup),
    converse: definition(converse),
  },
  {
    sayHello: answerHello,
    streamGreetings: sendGreetings,
    watchGreetings: sendAll,
    greetGroup: countGroup,
    converse: answerEach,
  },
);
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) throw error;
  announce({ port });
});

function answerHello(
  { request }: ServerUnaryCall<SayHelloRequest, SayHelloResponse>,
  answer: sendUnaryData<SayHelloResponse>,
): void {
  broadcast.publish(request.name);
  answer(null, create(SayHelloResponseSchema, { message: `Hello ${request.name}`, language: "en" }));
}

function sendGreetings(call: ServerWritableStream<StreamGreetingsRequest, StreamGreetingsResponse>): void {
  const { name, count } = call.request;
  let number = 0;
  const send = () => {
    while (number < count) {
      number++;
      const greeting = create(StreamGreetingsResponseSchema, { message: `Hello ${name}`, language: "en", number });
      if (!call.write(greeting)) return void call.once("drain", send);
    }
    call.end();
  };
  send();
}

function sendAll(call: ServerWritableStream<WatchGreetingsRequest, WatchGreetingsResponse>): void {
  call.write(create(WatchGreetingsResponseSchema, { update: { case: "position", value: {} } }));
  const leave = broadcast.watch((greeting) => {
    call.write(create(WatchGreetingsResponseSchema, { update: { case: "greeting", value: greeting } }));
  });
  call.on("cancelled", leave);
}

function countGroup(
  call: ServerReadableStream<GreetGroupRequest, GreetGroupResponse>,
  answer: sendUnaryData<GreetGroupResponse>,
): void {
  let count = 0;
  call.on("data", () => count++);
  call.on("end", () => {
    answer(null, create(GreetGroupResponseSchema, { message: `Hello ${count}`, language: "en", count }));
  });
}

function answerEach(call: ServerDuplexStream<ConverseRequest, ConverseResponse>): void {
  call.on("data", ({ name }: ConverseRequest) => {
    call.write(create(ConverseResponseSchema, { message: `Hello ${name}`, language: "en" }));
  });
  call.on("end", () => call.end());
}

function definition<I extends DescMessage, O extends DescMessage>(
  method: DescMethod & { readonly input: I; readonly output: O },
): MethodDefinition<MessageShape<I>, MessageShape<O>> {
  const { input, output } = method;
  return {
    path: `/${method.parent.typeName}/${method.name}`,
    requestStream: method.methodKind === "client_streaming" || method.methodKind === "bidi_streaming",
    responseStream: method.methodKind === "server_streaming" || method.methodKind === "bidi_streaming",
    requestSerialize: (message) => bytesOf(toBinary(input, message)),
    requestDeserialize: (bytes) => fromBinary(input, bytes),
    responseSerialize: (message) => bytesOf(toBinary(output, message)),
    responseDeserialize: (bytes) => fromBinary(output, bytes),
  };
}

function bytesOf({ buffer, byteOffset, length }: Uint8Array<ArrayBuffer>): Buffer {
  return Buffer.from(buffer, byteOffset, length);
}
