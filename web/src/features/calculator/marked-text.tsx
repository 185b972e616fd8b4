import classes from "./expression-editor.module.css";
import type { ExpressionProblem } from "./expression-problem.ts";

/** What lies under the text of the field. */
export interface MarkedTextProps {
  readonly text: string;
  readonly problem: ExpressionProblem | undefined;
}

/**
 * The same text as in the field, invisible but for a mark where something is wrong. It also makes the field as high as
 * its text.
 */
export function MarkedText({ text, problem }: MarkedTextProps) {
  const at = problem?.position;
  if (at === undefined || at > text.length) {
    return (
      <div aria-hidden dir="ltr" className={classes.mirror}>
        {text}&#8203;
      </div>
    );
  }
  const marked = String.fromCodePoint(text.codePointAt(at) ?? 0x2007);
  return (
    <div aria-hidden dir="ltr" className={classes.mirror}>
      {text.slice(0, at)}
      <span className={classes.mark} data-kind={problem?.kind}>
        {marked}
      </span>
      {text.slice(at + marked.length)}
    </div>
  );
}
