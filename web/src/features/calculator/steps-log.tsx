import type { EvaluateStepsResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { useState } from "react";
import { useStickToEnd } from "../../hooks/use-stick-to-end.ts";
import { shortened } from "./excerpt.ts";
import { StepLine } from "./step-line.tsx";
import classes from "./steps-log.module.css";

/** The steps to list. */
export interface StepsLogProps {
  /** The latest steps, in the order in which they happened. */
  readonly items: readonly EvaluateStepsResponse[];
  /** How many there were, with those no longer in `items`. */
  readonly total: number;
  /** Whether the last of them is the end. */
  readonly isDone: boolean;
}

const longestResult = 240;

/** The log of the steps. It follows the newest one, unless a person has scrolled up to read. */
export function StepsLog({ items, total, isDone }: StepsLogProps) {
  const log = useStickToEnd<HTMLDivElement>(total);
  const before = useCountBefore(total);
  const last = items.at(-1);
  return (
    <div ref={log} role="log" aria-label="Steps" className={classes.log} tabIndex={items.length > 0 ? 0 : -1}>
      {total > items.length && (
        <p className={classes.earlier}>The first {(total - items.length).toLocaleString("en")} steps are not shown.</p>
      )}
      {items.length > 0 && (
        <ol className={classes.steps}>
          {items.map((step) => (
            <StepLine key={step.step} step={step} order={step.step - 1 - before} />
          ))}
        </ol>
      )}
      {isDone && last !== undefined && (
        <p className={classes.end} data-exact={last.exact}>
          <span className={classes.sign}>{last.exact ? "=" : "≈"}</span>{" "}
          <span>{shortened(last.result, longestResult)}</span>
        </p>
      )}
    </div>
  );
}

/** How many there were before the newest ones came. */
function useCountBefore(total: number): number {
  const [counts, setCounts] = useState({ total, before: 0 });
  if (total === counts.total) return counts.before;
  const next = { total, before: total > counts.total ? counts.total : 0 };
  setCounts(next);
  return next.before;
}
