import { Code } from "@connectrpc/connect";
import fc from "fast-check";
import { expect, it } from "vitest";
import { okStatus, readOutcome, statusFromTrailers, trailersAmongHeaders } from "./call-status.ts";

const bytes = (text: string) => new TextEncoder().encode(text);

it("reads the status and the trailers of gRPC-Web", () => {
  const { status, trailers } = readOutcome(
    "trailers",
    bytes("grpc-status: 5\r\ngrpc-message: no%20book\r\nx-cost: 3\r\n"),
  );
  expect(status).toEqual({ code: Code.NotFound, message: "no book", details: [] });
  expect(trailers).toContainEqual(["x-cost", "3"]);
});

it("reads the details of a gRPC status", () => {
  // google.rpc.Status { code: 3, message: "bad", details: [Any { type_url: "t/x.Y", value: 0x0801 }] }
  const status = Uint8Array.of(8, 3, 18, 3, 98, 97, 100, 26, 11, 10, 5, 116, 47, 120, 46, 89, 18, 2, 8, 1);
  const read = statusFromTrailers([
    ["grpc-status", "3"],
    ["grpc-status-details-bin", btoa(String.fromCharCode(...status))],
  ]);
  expect(read).toEqual({
    code: Code.InvalidArgument,
    message: "bad",
    details: [{ type: "x.Y", value: Uint8Array.of(8, 1) }],
  });
});

it("reads the end of a Connect stream", () => {
  expect(readOutcome("end-stream", bytes('{"metadata":{"x-cost":["3"]}}'))).toEqual({
    status: okStatus,
    trailers: [["x-cost", "3"]],
  });
  expect(readOutcome("end-stream", bytes('{"error":{"code":"unavailable","message":"later"}}'))).toMatchObject({
    status: { code: Code.Unavailable, message: "later" },
  });
});

it("reads the error of a Connect unary call, and the trailers among its headers", () => {
  expect(readOutcome("error", bytes('{"code":"not_found","message":"no book"}')).status).toMatchObject({
    code: Code.NotFound,
    message: "no book",
  });
  expect(
    trailersAmongHeaders([
      ["content-type", "application/json"],
      ["trailer-x-cost", "3"],
    ]),
  ).toEqual([["x-cost", "3"]]);
});

it.each(["trailers", "end-stream", "error", "message"] as const)("reads any bytes as %s without a fault", (meaning) => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (payload) => {
      expect(readOutcome(meaning, payload)).toBeTypeOf("object");
    }),
  );
});
