import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { type Manner, socketCalls } from "../loads/socket-calls.ts";
import { socketMessages } from "../loads/socket-messages.ts";
import type { Row, Subject } from "../row.ts";
import { bare, wsEcho } from "../servers/all-servers.ts";
import type { RunningServer, ServerSpec } from "../servers/server-spec.ts";

const SOCKETS = 16;
const { sayHello, converse } = GreeterService.method;
const unary = grpcCall(sayHello, { name: "Ada" });
const bidi = grpcCall(converse, { name: "Ada" });

type Sample = (server: RunningServer, manner: Manner, seconds: number) => Promise<number>;

/** Unary calls over WebSockets: each has one of its own. */
export const websocketUnary: Row = {
  name: "websocket-unary",
  title: "grpc-websockets unary, a socket for each call",
  unit: "calls/s",
  subjects: bothManners((server, manner, seconds) =>
    socketCalls(server, unary.path, unary.body, manner, SOCKETS, seconds),
  ),
  targets: [{ of: "bare", per: "raw ws echo", bound: "≥", value: 0.6 }],
};

/** Conversations over WebSockets. */
export const websocketBidi: Row = {
  name: "websocket-bidi",
  title: "grpc-websockets bidi, each message answered",
  unit: "messages/s",
  subjects: bothManners((server, manner, seconds) =>
    socketMessages(server, bidi.path, bidi.body, manner, { sockets: SOCKETS, messagesEach: 8 }, seconds),
  ),
  targets: [{ of: "bare", per: "raw ws echo", bound: "≥", value: 0.6 }],
};

function bothManners(sample: Sample): Subject[] {
  return [subject(bare, "grpc", sample), subject(wsEcho, "echo", sample)];
}

function subject(spec: ServerSpec, manner: Manner, sample: Sample): Subject {
  return {
    name: spec.name,
    server: spec,
    async open(harness) {
      const server = await harness.server(spec);
      return { server, sample: (seconds) => sample(server, manner, seconds) };
    },
  };
}
