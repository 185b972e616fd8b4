import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { grpcWebCall } from "../call.ts";
import { http1Row } from "../subjects/http1-row.ts";

/** What a browser sends. */
export const grpcWebUnary = http1Row({
  name: "grpc-web-unary",
  title: "gRPC-Web unary over HTTP/1.1",
  hello: grpcWebCall(GreeterService.method.sayHello, { name: "Ada" }),
  add: grpcWebCall(CalculatorService.method.add, { a: 20n, b: 22n }),
  raw: "grpc-web",
});
