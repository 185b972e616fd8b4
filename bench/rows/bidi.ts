import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { pingPong } from "../loads/ping-pong.ts";
import type { Row, Subject } from "../row.ts";
import { bare, grpcJs } from "../servers/all-servers.ts";
import type { ServerSpec } from "../servers/server-spec.ts";

const call = { ...grpcCall(GreeterService.method.converse, { name: "Ada" }), staysOpen: true };
const concurrency = { connections: 4, callsEach: 25 };

/** Conversations: every message waits for the answer to the one before. */
export const bidi: Row = {
  name: "bidi",
  title: "bidi ping-pong on 100 streams, gRPC over h2c",
  unit: "messages/s",
  subjects: [bare, grpcJs].map(subject),
  targets: [{ of: "bare", per: "grpc-js", bound: "≥", value: 3 }],
};

function subject(spec: ServerSpec): Subject {
  return {
    name: spec.name,
    server: spec,
    async open(harness) {
      const server = await harness.server(spec);
      return { server, sample: (seconds) => pingPong(server, call, concurrency, seconds) };
    },
  };
}
