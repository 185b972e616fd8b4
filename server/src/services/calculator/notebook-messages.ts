import type { MessageInitShape } from "@bufbuild/protobuf";
import {
  type EvaluateLinesResponseSchema,
  FailureKind,
  type LineFailureSchema,
  type PlotResponseSchema,
} from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import type { Failure } from "./domain/notebook/failure.ts";
import type { LineOutcome } from "./domain/notebook/notebook.ts";
import type { PlotPoint } from "./domain/notebook/plot.ts";

const kinds: Readonly<Record<Failure["kind"], FailureKind>> = {
  invalid: FailureKind.INVALID,
  "out of range": FailureKind.OUT_OF_RANGE,
  "too much work": FailureKind.TOO_MUCH_WORK,
};

/** The message for what came of a line. */
export function lineMessage({
  line,
  name = "",
  result,
}: LineOutcome): MessageInitShape<typeof EvaluateLinesResponseSchema> {
  return { line, name, outcome: outcomeOf(result) };
}

/** The message for a point of a plot. */
export function pointMessage({ x, y }: PlotPoint): MessageInitShape<typeof PlotResponseSchema> {
  if (typeof y === "string") return { x, outcome: { case: "y", value: y } };
  return { x, outcome: { case: "failure", value: failureMessage(y) } };
}

type Outcome = NonNullable<MessageInitShape<typeof EvaluateLinesResponseSchema>["outcome"]>;

function outcomeOf(result: LineOutcome["result"]): Outcome {
  switch (result.kind) {
    case "value":
      return { case: "value", value: { value: result.value.text, exact: result.value.exact } };
    case "function":
      return { case: "function", value: { parameter: result.parameter } };
    case "failure":
      return { case: "failure", value: failureMessage(result.failure) };
  }
}

function failureMessage({ kind, description }: Failure): MessageInitShape<typeof LineFailureSchema> {
  return { kind: kinds[kind], description };
}
