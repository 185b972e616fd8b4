import type { Decoded } from "@triptych/rpc-web";
import classes from "./decoded-text.module.css";

/** What something says, or why that cannot be told; undefined while it is being read. */
export interface DecodedTextProps {
  readonly decoded: Decoded | undefined;
}

/** The text of a message, or why there is none. */
export function DecodedText({ decoded }: DecodedTextProps) {
  if (decoded === undefined) return <p className={classes.problem}>Decompressing…</p>;
  if (decoded.kind === "unreadable") return <p className={classes.problem}>Not decoded: {decoded.reason}.</p>;
  if (decoded.text === "") return <p className={classes.problem}>It has no payload.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <pre className={classes.text} tabIndex={0} dir="auto">
      {decoded.text}
    </pre>
  );
}
