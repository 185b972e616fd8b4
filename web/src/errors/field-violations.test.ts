import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { expect, it } from "vitest";
import { fieldViolations } from "./field-violations.ts";

function badRequest(...violations: { field: string; description: string }[]) {
  return new ConnectError("bad", Code.InvalidArgument, undefined, [
    { desc: BadRequestSchema, value: { fieldViolations: violations } },
  ]);
}

it("gives the description of every field", () => {
  const violations = fieldViolations(
    badRequest(
      { field: "name", description: "must not be empty" },
      { field: "count", description: "must be positive" },
    ),
  );
  expect([...violations]).toEqual([
    ["name", "must not be empty"],
    ["count", "must be positive"],
  ]);
});

it("joins what is wrong with the same field", () => {
  const violations = fieldViolations(
    badRequest(
      { field: "name", description: "is too long" },
      { field: "name", description: "has a control character" },
    ),
  );
  expect(violations.get("name")).toBe("is too long; has a control character");
});

it.each([
  ["an error without details", new ConnectError("bad", Code.InvalidArgument)],
  ["any other error", new Error("bad")],
  ["no error", undefined],
])("is empty for %s", (_name, error) => {
  expect(fieldViolations(error).size).toBe(0);
});
