import { create } from "@bufbuild/protobuf";
import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { describe, expect, it } from "vitest";
import { wellFormedError } from "./well-formed.ts";

const HALF = "name \ud83d";

describe("wellFormedError", () => {
  it("gives back an error whose texts are well-formed", () => {
    const error = new ConnectError("name 😀", Code.NotFound, { a: "b" }, [
      { desc: BadRequestSchema, value: { fieldViolations: [{ field: "a", description: "😀" }] } },
    ]);
    expect(wellFormedError(error)).toBe(error);
  });

  it.each([
    ["plain", { fieldViolations: [{ field: "a", description: HALF }] }],
    ["a message", create(BadRequestSchema, { fieldViolations: [{ field: "a", description: HALF }] })],
  ])("repairs the message and the details, be they %s, and keeps the rest", (_what, value) => {
    const cause = new Error("cause");
    const error = new ConnectError(HALF, Code.NotFound, { a: "b" }, [{ desc: BadRequestSchema, value }], cause);
    const repaired = wellFormedError(error);
    expect(repaired).toMatchObject({ rawMessage: "name \ufffd", code: Code.NotFound, cause });
    expect([...repaired.metadata]).toEqual([["a", "b"]]);
    const violations = repaired.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) => fieldViolations);
    expect(violations).toMatchObject([{ field: "a", description: "name \ufffd" }]);
    expect(error.rawMessage).toBe(HALF);
  });
});
