import { CopyButton } from "../../../components/copy-button.tsx";
import { ExactnessBadge } from "../exactness-badge.tsx";
import { shortened } from "../excerpt.ts";
import classes from "./current-line.module.css";
import type { LineText } from "./line-text.ts";

/** The line to show in full. */
export interface CurrentLineProps {
  /** Its number, from 1. */
  readonly line: number;
  /** What came of it; absent for a line that is nothing, and while that is not known. */
  readonly result: LineText | undefined;
  readonly digits: number;
}

/** The longest value that is announced, in characters. */
const announced = 120;

/** What the line with the caret comes to, in full. It is announced when it changes, a long value only in part. */
export function CurrentLine({ line, result, digits }: CurrentLineProps) {
  const isValue = result?.value !== undefined;
  return (
    <div className={classes.line}>
      <output aria-label="Current line" className={classes.text} data-kind={result?.kind}>
        <span className={classes.number}>Line {line}</span>{" "}
        {result !== undefined && <span className={classes.result}>{shortened(result.text, announced)}</span>}
      </output>
      {isValue && (
        <span className={classes.notes}>
          <ExactnessBadge exact={result.kind === "exact"} digits={digits} />
          <CopyButton label={`Copy the value of line ${line}`} text={result.value} />
        </span>
      )}
    </div>
  );
}
