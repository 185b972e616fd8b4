import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row } from "../row.ts";
import { bare, connectNodeHttp2, grpcJs } from "../servers/all-servers.ts";
import { grpcCpp } from "../servers/grpc-cpp.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const MESSAGES = 500;

const call = grpcCall(GreeterService.method.streamGreetings, { name: "Ada", count: MESSAGES });
const work = { call, concurrency: { connections: 4, callsEach: 5 }, worth: MESSAGES };

/** Many small messages in answer to one. */
export const serverStream: Row = {
  name: "server-stream",
  title: `server stream of ${MESSAGES} small messages, gRPC over h2c`,
  unit: "messages/s",
  subjects: [bare, grpcJs, grpcCpp, connectNodeHttp2].map((server) => underHttp2Load(server, work)),
  targets: [
    { of: "bare", per: "grpc-js", bound: "≥", value: 5 },
    { of: "bare", per: "connect-node", bound: "≥", value: 4.5 },
  ],
};
