import { callOutcome } from "./call-outcome.ts";
import classes from "./outcome-text.module.css";
import type { WireCall } from "./wire-call.ts";

/** How a call ended, or that it has not: a dot in the colour of it, and a word or two. */
export function OutcomeText({ call }: { readonly call: WireCall }) {
  const { label, tone } = callOutcome(call);
  return (
    <span className={classes.outcome} data-tone={tone}>
      {label}
    </span>
  );
}
