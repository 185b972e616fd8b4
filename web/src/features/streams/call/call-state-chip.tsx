import classes from "./call-state-chip.module.css";
import type { CallState } from "./call-timeline.ts";

/** How far which call is. */
export interface CallStateChipProps {
  /** Names the state to assistive technology. */
  readonly label: string;
  readonly state: CallState;
}

/** The state of a call in a word or two. A change is announced. */
export function CallStateChip({ label, state }: CallStateChipProps) {
  return (
    <span role="status" aria-label={label} className={classes.chip} data-state={state}>
      <span aria-hidden className={classes.dot} />
      {words[state]}
    </span>
  );
}

const words: Readonly<Record<CallState, string>> = {
  idle: "not called yet",
  open: "open",
  "half-closed": "half-closed",
  done: "done",
  failed: "failed",
  cancelled: "cancelled",
};
