import { useMemo } from "react";
import { lineChanges } from "../../../text/line-changes.ts";
import classes from "./diff-view.module.css";

/** Two texts to compare. */
export interface DiffViewProps {
  readonly before: string;
  readonly after: string;
}

/** Two texts line by line: what both have, what only one of them has. */
export function DiffView({ before, after }: DiffViewProps) {
  const changes = useMemo(() => lineChanges(before, after), [before, after]);
  if (changes === undefined) return <p>They are too different to be compared line by line.</p>;
  if (before === after) return <p>They are the same.</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <pre tabIndex={0} className={classes.diff}>
      {changes.map(({ added, removed, value }, index) => {
        const Tag = added ? "ins" : removed ? "del" : "span";
        const sign = added ? "+ " : removed ? "- " : "  ";
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one comparison neither move nor change.
          <Tag key={index} className={classes.part}>
            {signed(value, sign)}
          </Tag>
        );
      })}
    </pre>
  );
}

/** The lines of a text, each with a sign before it. */
function signed(text: string, sign: string): string {
  const lines = text.replace(/\n$/, "").split("\n");
  return `${lines.map((line) => sign + line).join("\n")}\n`;
}
