import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcWebCall } from "../call.ts";
import { underHttp1Load } from "../contenders/under-load.ts";
import type { Row } from "../row.ts";
import { bare, connectNodeHttp1, rawHttp1 } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";

const call = grpcWebCall(GreeterService.method.sayHello, { name: "Ada" });
const work = { call, crowd: { connections: 32, callsEach: 1 } };

/** What a browser sends. */
export const grpcWebUnary: Row = {
  name: "grpc-web-unary",
  title: "gRPC-Web unary over HTTP/1.1",
  unit: "calls/s",
  contenders: [bare, app, rawHttp1("grpc-web"), connectNodeHttp1].map((server) => underHttp1Load(server, work)),
  targets: [
    { of: "bare", per: "raw node:http", bound: "≥", value: 0.85 },
    { of: "app", per: "raw node:http", bound: "≥", value: 0.65 },
  ],
};
