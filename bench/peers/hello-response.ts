import { create, toBinary, toJsonString } from "@bufbuild/protobuf";
import { SayHelloResponseSchema } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";

const message = create(SayHelloResponseSchema, { message: "Hello Ada", language: "en" });

/** What SayHello answers to Ada, in binary. */
export const hello = Buffer.from(toBinary(SayHelloResponseSchema, message));

/** What SayHello answers to Ada, in JSON. */
export const helloJson = Buffer.from(toJsonString(SayHelloResponseSchema, message));
