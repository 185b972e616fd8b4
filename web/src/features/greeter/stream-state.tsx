import type { CollectedStreamState } from "../../hooks/use-collected-stream.ts";
import classes from "./stream-state.module.css";

/** How a stream that a person starts is doing, in a word. A change is announced. */
export function StreamState({ state }: { readonly state: CollectedStreamState }) {
  return (
    <span role="status" aria-label="State of the stream" className={classes.state} data-state={state.kind}>
      {state.kind}
    </span>
  );
}
