import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcCall } from "../call.ts";
import type { Row } from "../row.ts";
import { bare, bareTls, connectNodeHttp2, grpcJs, rawHttp2, rawHttp2Tls } from "../servers/all-servers.ts";
import { app } from "../servers/app.ts";
import { grpcCpp, grpcCppCallback } from "../servers/grpc-cpp.ts";
import { grpcGo } from "../servers/grpc-go.ts";
import { underHttp2Load } from "../subjects/under-load.ts";

const hello = grpcCall(GreeterService.method.sayHello, { name: "Ada" });
const add = grpcCall(CalculatorService.method.add, { a: 20n, b: 22n });
const concurrency = { connections: 4, callsEach: 25 };
const oneAtATime = { connections: 32, callsEach: 1 };
const cpp = [grpcCpp.name, grpcCppCallback.name];

/** The plainest call there is. */
export const grpcUnary: Row = {
  name: "grpc-unary",
  title: "gRPC unary over h2c",
  unit: "calls/s",
  subjects: [
    underHttp2Load(bare, { call: hello, concurrency }),
    underHttp2Load(app, { name: "app Add", call: add, concurrency }),
    underHttp2Load(app, { name: "app SayHello", call: hello, concurrency }),
    ...[rawHttp2, grpcJs, grpcCpp, grpcCppCallback, grpcGo, connectNodeHttp2].map((server) =>
      underHttp2Load(server, { call: hello, concurrency }),
    ),
  ],
  targets: [
    { of: "bare", per: "raw node:http2", bound: "≥", value: 4 },
    { of: "bare", per: cpp, bound: "≥", value: 3 },
    { of: "bare", per: "grpc-js", bound: "≥", value: 9 },
    { of: "app Add", per: "raw node:http2", bound: "≥", value: 2 },
    { of: "app Add", per: cpp, bound: "≥", value: 1.5 },
    { of: "app Add", per: "grpc-js", bound: "≥", value: 4 },
    { of: "app SayHello", per: "raw node:http2", bound: "≥", value: 0.9 },
    { of: "app SayHello", per: "grpc-js", bound: "≥", value: 1.8 },
  ],
};

/** The same over TLS, on connections that stay. */
export const grpcUnaryTls: Row = {
  name: "grpc-unary-tls",
  title: "gRPC unary over TLS",
  unit: "calls/s",
  subjects: [bareTls, rawHttp2Tls].map((server) => underHttp2Load(server, { call: hello, concurrency })),
  targets: [{ of: "bare", per: "raw node:http2", bound: "≥", value: 3 }],
};

/** No two calls of a connection at the same time, so that nothing of one call can share a write or a wake-up with another's. */
export const grpcUnaryAlone: Row = {
  name: "grpc-unary-alone",
  title: "gRPC unary over h2c, one call at a time on 32 connections",
  unit: "calls/s",
  subjects: [bare, rawHttp2, grpcJs].map((server) => underHttp2Load(server, { call: hello, concurrency: oneAtATime })),
  targets: [{ of: "bare", per: "raw node:http2", bound: "≥", value: 1 }],
};
