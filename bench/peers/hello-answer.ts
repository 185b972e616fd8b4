import { create, toBinary } from "@bufbuild/protobuf";
import { SayHelloResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { envelope } from "../envelope.ts";

/** What SayHello answers to Ada, in an envelope. */
export const helloAnswer = envelope(
  toBinary(SayHelloResponseSchema, create(SayHelloResponseSchema, { message: "Hello Ada", language: "en" })),
);
