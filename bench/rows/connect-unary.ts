import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { connectCall } from "../call.ts";
import type { Row } from "../row.ts";
import { http1Row } from "../subjects/http1-row.ts";

/** Connect calls with their messages in binary. */
export const connectUnaryBinary = connectUnary("connect-unary-binary", "proto");
/** Connect calls with their messages in JSON. */
export const connectUnaryJson = connectUnary("connect-unary-json", "json");

function connectUnary(name: string, format: "proto" | "json"): Row {
  return http1Row({
    name,
    title: `Connect unary over HTTP/1.1, ${format === "proto" ? "binary" : "JSON"}`,
    hello: connectCall(GreeterService.method.sayHello, { name: "Ada" }, format),
    add: connectCall(CalculatorService.method.add, { a: 20n, b: 22n }, format),
    raw: format,
  });
}
