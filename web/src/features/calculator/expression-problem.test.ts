import { Code, ConnectError } from "@connectrpc/connect";
import { BadRequestSchema } from "@triptych/proto/google/rpc/error_details_pb.ts";
import { describe, expect, it } from "vitest";
import { expressionProblem } from "./expression-problem.ts";

function refusal(description: string, field = "expression") {
  return new ConnectError("no", Code.InvalidArgument, undefined, [
    { desc: BadRequestSchema, value: { fieldViolations: [{ field, description }] } },
  ]);
}

describe("expressionProblem", () => {
  it.each([
    [
      'expected a number, "(" or a function at position 2: got the end',
      { kind: "unfinished", sentence: "Next comes a number, “(” or a function.", position: 2 },
    ],
    [
      'expected a number, "(" or a function at position 6: got ")"',
      { kind: "syntax", sentence: "Expected a number, “(” or a function, but here is “)”.", position: 6 },
    ],
    [
      'expected an operator or the end at position 1: got "\\""',
      { kind: "syntax", sentence: 'Expected an operator or the end, but here is “"”.', position: 1 },
    ],
    [
      'expected an operator or the end at position 1: got "\\\\"',
      { kind: "syntax", sentence: "Expected an operator or the end, but here is “\\”.", position: 1 },
    ],
    [
      "expected an operator or the end at position 1: got U+200B zero width space",
      {
        kind: "syntax",
        sentence: "Expected an operator or the end, but here is U+200B zero width space.",
        position: 1,
      },
    ],
    [
      '"/" at position 13 must not divide by zero',
      { kind: "undefined-result", sentence: "“/” must not divide by zero.", position: 13 },
    ],
    [
      "sqrt at position 0 takes a number of at least 0: got -1",
      { kind: "undefined-result", sentence: "sqrt takes a number of at least 0, not -1.", position: 0 },
    ],
    [
      "must be at most 10,000 characters: got 12,000",
      {
        kind: "undefined-result",
        sentence: "The expression must be at most 10,000 characters, not 12,000.",
        position: undefined,
      },
    ],
  ])("reads %s", (description, problem) => {
    expect(expressionProblem(refusal(description))).toEqual(problem);
  });

  it.each([
    ["a refusal of another field", refusal("must be 0 to 1,000: got 7,000", "digits")],
    ["another code", new ConnectError("expected x at position 1: got y", Code.OutOfRange)],
    ["any other error", new Error("odd")],
    ["no error", null],
  ])("finds none in %s", (_name, error) => {
    expect(expressionProblem(error)).toBeUndefined();
  });
});
