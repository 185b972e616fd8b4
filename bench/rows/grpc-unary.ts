import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import { underHttp2Load } from "../contenders/under-load.ts";
import type { Row } from "../row.ts";
import { bare, connectNodeHttp2, grpcJs, rawHttp2 } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import { grpcCpp } from "../servers/grpc-cpp.ts";

const call = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const work = { call, crowd: { connections: 4, callsEach: 25 } };

/** The plainest call there is. */
export const grpcUnary: Row = {
  name: "grpc-unary",
  title: "gRPC unary over h2c",
  unit: "calls/s",
  contenders: [bare, app, rawHttp2, grpcJs, grpcCpp, connectNodeHttp2].map((server) => underHttp2Load(server, work)),
  targets: [
    { of: "bare", per: "raw node:http2", bound: "≥", value: 0.85 },
    { of: "bare", per: "grpc-js", bound: "≥", value: 1.3 },
    { of: "bare", per: "gRPC C++", bound: "≥", value: 0.95 },
    { of: "bare", per: "connect-node", bound: "≥", value: 5 },
    { of: "app", per: "raw node:http2", bound: "≥", value: 0.65 },
    { of: "app", per: "grpc-js", bound: "≥", value: 1 },
    { of: "app", per: "connect-node", bound: "≥", value: 3.5 },
  ],
};
