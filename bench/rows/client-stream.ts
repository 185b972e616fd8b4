import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcStreamCall } from "../call.ts";
import type { Row } from "../row.ts";
import { bare, grpcJs } from "../servers/all-servers.ts";
import { underOwnHttp2Load } from "../subjects/under-load.ts";

const MESSAGES = 100;

const call = grpcStreamCall(GreeterService.method.greetGroup, { name: "Ada" }, MESSAGES);
const work = { call, concurrency: { connections: 4, callsEach: 5 }, worth: MESSAGES };

/** Many small messages, each in a frame of its own, and one in answer to all. */
export const clientStream: Row = {
  name: "client-stream",
  title: `client stream of ${MESSAGES} small messages, gRPC over h2c`,
  unit: "messages/s",
  subjects: [bare, grpcJs].map((server) => underOwnHttp2Load(server, work)),
  targets: [{ of: "bare", per: "grpc-js", bound: "≥", value: 3 }],
};
