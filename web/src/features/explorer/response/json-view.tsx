import { Button } from "@mantine/core";
import { memo, useMemo, useState } from "react";
import { type JsonLine, jsonLines, shownLines } from "./json-lines.ts";
import classes from "./json-view.module.css";

/** How many lines, and how many characters of each, are shown until a person wants all. */
const LINES = 300;
const CHARACTERS = 1_000;
/** How many characters are shown at most; a file has all. */
const MOST = 500_000;

/** A message as indented JSON, highlighted; what a line opens can be folded. A long one is shown in part, and whole on a button. */
export const JsonView = memo(function JsonView({ text }: { readonly text: string }) {
  const [isWhole, setWhole] = useState(false);
  const [folded, setFolded] = useState<ReadonlySet<number>>(new Set());
  const part = isWhole ? text.slice(0, MOST) : shortened(text);
  const lines = useMemo(() => jsonLines(part), [part]);
  const hidden = text.length - part.length;

  function toggle(number: number) {
    const next = new Set(folded);
    if (!next.delete(number)) next.add(number);
    setFolded(next);
  }

  return (
    <>
      <pre className={classes.text}>
        {shownLines(lines, folded).map((number) => {
          const line = lines[number];
          return (
            line && <Line key={number} line={line} isFolded={folded.has(number)} onToggle={() => toggle(number)} />
          );
        })}
      </pre>
      {hidden > 0 && (
        <p className={classes.note}>
          {hidden.toLocaleString("en")} more characters{isWhole && ", which a file has"}.{" "}
          {!isWhole && (
            <Button variant="subtle" size="compact-sm" onClick={() => setWhole(true)}>
              Show all of it
            </Button>
          )}
        </p>
      )}
    </>
  );
});

interface LineProps {
  readonly line: JsonLine;
  readonly isFolded: boolean;
  readonly onToggle: () => void;
}

function Line({ line: { tokens, closedBy }, isFolded, onToggle }: LineProps) {
  return (
    <span className={classes.line}>
      {closedBy !== undefined && (
        <button
          type="button"
          className={classes.fold}
          aria-label={isFolded ? "Unfold" : "Fold"}
          aria-expanded={!isFolded}
          onClick={onToggle}
        />
      )}
      {tokens.map(({ kind, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the parts of a line neither move nor change.
        <span key={index} data-kind={kind}>
          {text}
        </span>
      ))}
      {isFolded && <span className={classes.folded}> … </span>}
      {"\n"}
    </span>
  );
}

/** The beginning of a text: of its lines, and of each of them. */
function shortened(text: string): string {
  if (text.length <= CHARACTERS) return text;
  const lines = text.slice(0, LINES * CHARACTERS).split("\n", LINES);
  return lines.map((line) => (line.length > CHARACTERS ? `${line.slice(0, CHARACTERS)}…` : line)).join("\n");
}
