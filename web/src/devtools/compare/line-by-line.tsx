import { memo } from "react";
import { type ComparedLine, comparedLines } from "./compared-lines.ts";
import classes from "./comparison-view.module.css";
import { type FoldedLines, shownLines } from "./shown-lines.ts";

/** The texts to compare; undefined where one side has none. */
export interface LineByLineProps {
  readonly first: string | undefined;
  readonly second: string | undefined;
}

/** Two texts line by line, side by side. Drawn again only for other texts: the calls around it change often. */
export const LineByLine = memo(function LineByLine({ first, second }: LineByLineProps) {
  const compared = comparedLines(first, second);
  if (compared === undefined)
    return <p className={classes.none}>They are too different to be compared line by line.</p>;
  const { lines, leftOut } = shownLines(compared);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by the keyboard.
    <section tabIndex={0} aria-label="Line by line" className={classes.lines}>
      {lines.map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one comparison neither move nor change.
        <Line key={index} line={line} />
      ))}
      {leftOut > 0 && (
        <p className={classes.leftOut}>{amount(leftOut, "more")} left out here: what is saved as JSON has them all</p>
      )}
    </section>
  );
});

function Line({ line }: { readonly line: ComparedLine | FoldedLines }) {
  if ("folded" in line) return <p className={classes.leftOut}>{amount(line.folded, "equal")}</p>;
  return (
    <div className={classes.line} data-differs={line.differs || undefined}>
      <Side text={line.first} differs={line.differs} sign="−" />
      <Side text={line.second} differs={line.differs} sign="+" />
    </div>
  );
}

function amount(lines: number, which: string): string {
  return lines === 1 ? `1 ${which} line` : `${lines.toLocaleString("en")} ${which} lines`;
}

function Side({ text, differs, sign }: { text: string | undefined; differs: boolean; sign: "−" | "+" }) {
  const Tag = !differs || text === undefined ? "span" : sign === "+" ? "ins" : "del";
  return <Tag className={classes.side}>{text === undefined ? "" : `${differs ? sign : " "} ${text}`}</Tag>;
}
