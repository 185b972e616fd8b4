import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row } from "../row.ts";
import { bareUnasked, bareUntraced } from "../servers/all-servers.ts";
import { app, appTraced } from "../servers/app.ts";
import { processorTimeOf } from "../subjects/processor-time.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const call = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const concurrency = { connections: 4, callsEach: 25 };

/** What tracing costs a call: off, beside a server with a function that does nothing in the place of each question, and on. */
export const tracing: Row = {
  name: "tracing",
  title: "processor time of a gRPC unary call over h2c, tracing off and on",
  unit: "µs",
  subjects: [bareUntraced, bareUnasked, app, appTraced].map((server) =>
    processorTimeOf(underHttp2Load(server, { call, concurrency })),
  ),
  targets: [{ of: bareUntraced.name, per: bareUnasked.name, bound: "≤", value: 1.01 }],
};
