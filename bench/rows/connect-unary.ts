import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { connectCall } from "../call.ts";
import { underHttp1Load } from "../contenders/under-load.ts";
import type { Row } from "../row.ts";
import { bare, connectNodeHttp1, rawHttp1 } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";

/** Connect calls with their messages in binary. */
export const connectUnaryBinary = connectUnary("connect-unary-binary", "proto", 0.85);
/** Connect calls with their messages in JSON. */
export const connectUnaryJson = connectUnary("connect-unary-json", "json", 0.7);

function connectUnary(name: string, format: "proto" | "json", target: number): Row {
  const call = connectCall(GreeterService.method.sayHello, { name: "Ada" }, format);
  const work = { call, crowd: { connections: 32, callsEach: 1 } };
  return {
    name,
    title: `Connect unary over HTTP/1.1, ${format === "proto" ? "binary" : "JSON"}`,
    unit: "calls/s",
    contenders: [bare, app, rawHttp1(format), connectNodeHttp1].map((server) => underHttp1Load(server, work)),
    targets: [{ of: "bare", per: "raw node:http", bound: "≥", value: target }],
  };
}
