import type { EvaluateStepsResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { type CSSProperties, memo, useState } from "react";
import { excerpt, shortened } from "./excerpt.ts";
import classes from "./step-line.module.css";

/** One reduction. */
export interface StepLineProps {
  readonly step: EvaluateStepsResponse;
  /** Its place among the steps that came with it, from 0: they appear one after the other. */
  readonly order: number;
}

const around = 60;
const longestValue = 120;
const mostWaiting = 14;

/** A step: the expression with the part that is reduced marked, and the value that takes its place. */
export const StepLine = memo(function StepLine({ step, order }: StepLineProps) {
  // What came with it stays what it was when the next ones come.
  const [wait] = useState(Math.max(0, Math.min(order, mostWaiting)));
  const { before, part, after } = excerpt(step.expression, step.start, step.end, around);
  return (
    <li className={classes.step} style={{ "--wait": wait } as CSSProperties}>
      <span className={classes.number}>{step.step}</span>{" "}
      <span className={classes.expression}>
        {before}
        <mark className={classes.part}>{part}</mark>
        {after}
      </span>{" "}
      <span className={classes.value} data-exact={step.exact}>
        <span className={classes.sign}>{step.exact ? "=" : "≈"}</span>{" "}
        <span>{shortened(step.value, longestValue)}</span>
      </span>
    </li>
  );
});
