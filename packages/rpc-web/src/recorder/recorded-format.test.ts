import { expect, it } from "vitest";
import { recordedFormat } from "./recorded-format.ts";

it.each([
  ["application/grpc-web", "grpc-web", "grpc-web", "proto"],
  ["application/grpc-web+proto", "grpc-web", "grpc-web", "proto"],
  ["Application/gRPC-Web+JSON; charset=utf-8", "grpc-web", "grpc-web", "json"],
  ["application/connect+proto", "connect", "connect-stream", "proto"],
  ["application/connect+json", "connect-json", "connect-stream", "json"],
  ["application/proto", "connect", "body", "proto"],
  ["application/json;charset=utf-8", "connect-json", "body", "json"],
  ["application/grpc-web-text", "http", "body", "unknown"],
  ["text/html", "http", "body", "unknown"],
  [undefined, "http", "body", "unknown"],
])("reads %s as %s, framed as %s, in %s", (contentType, protocol, framing, codec) => {
  expect(recordedFormat(contentType)).toEqual({ protocol, framing, codec });
});
