import type { CollectedStreamState } from "../../hooks/use-collected-stream.ts";
import classes from "./steps-status.module.css";

/** How the stream of the steps is doing. */
export interface StepsStatusProps {
  readonly kind: CollectedStreamState["kind"];
  /** How many steps have come. */
  readonly total: number;
}

const words: Readonly<Record<CollectedStreamState["kind"], string>> = {
  idle: "",
  open: "working",
  done: "done",
  cancelled: "stopped",
  failed: "failed",
};

/** A word on how the steps are doing, and how many there are. A change of the word is announced, the count is not. */
export function StepsStatus({ kind, total }: StepsStatusProps) {
  return (
    <span className={classes.line}>
      <span role="status" aria-label="Steps status" className={classes.status} data-kind={kind}>
        {words[kind]}
      </span>
      {total > 0 && (
        <span className={classes.count}>
          {total.toLocaleString("en")} {total === 1 ? "step" : "steps"}
        </span>
      )}
    </span>
  );
}
