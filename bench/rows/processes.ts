import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row } from "../row.ts";
import { appInTwoProcesses, appOnPostgres } from "../servers/app-on-postgres.ts";
import { oneAndTwo } from "../subjects/one-and-two.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const call = grpcCall(CalculatorService.method.add, { a: 20n, b: 22n });
const CONNECTIONS_EACH = 4;
const concurrency = (processes: number) => ({ connections: processes * CONNECTIONS_EACH, callsEach: 25 });

/** A call that stores nothing, to one process and to two that share a port; each process has as many callers. */
export const processes: Row = oneAndTwo({
  name: "processes",
  title: "Add over gRPC, in two processes and in one",
  counted: "calls",
  one: underHttp2Load(appOnPostgres, { name: "app in one process", call, concurrency: concurrency(1) }),
  two: underHttp2Load(appInTwoProcesses, { call, concurrency: concurrency(2) }),
});
