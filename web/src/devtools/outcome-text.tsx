import type { RecordedCall } from "@triptych/rpc-web";
import { callOutcome } from "./call-outcome.ts";
import classes from "./outcome-text.module.css";

/** How a call ended, or that it has not: a dot in the colour of it, and a word or two. */
export function OutcomeText({ call }: { readonly call: RecordedCall }) {
  const { label, tone } = callOutcome(call);
  return (
    <span className={classes.outcome} data-tone={tone}>
      {label}
    </span>
  );
}
