import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { type Call, grpcCall } from "../call.ts";
import type { Row } from "../row.ts";
import { app } from "../servers/app.ts";
import { apiKey, appAsking } from "../servers/app-asking.ts";
import { processorTimeOf } from "../subjects/processor-time.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const unsigned = grpcCall(CalculatorService.method.add, { a: 2n, b: 40n });
// The same to both: to one that does not ask it says nothing.
const call: Call = { ...unsigned, headers: { ...unsigned.headers, authorization: `Bearer ${apiKey}` } };
const concurrency = { connections: 4, callsEach: 25 };

/** What it costs a call that the server asks who makes it, with a share for each caller. */
export const identity: Row = {
  name: "identity",
  title: "processor time of a gRPC unary call over h2c, identity off and on",
  unit: "µs",
  subjects: [app, appAsking].map((server) => processorTimeOf(underHttp2Load(server, { call, concurrency }))),
  targets: [{ of: appAsking.name, per: app.name, bound: "≤", value: 1.05 }],
};
