import type { EvaluateLinesResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { useId, useLayoutEffect, useRef } from "react";
import { lineText } from "./line-text.ts";
import { lineAt, linesOf, mostLines } from "./notebook.ts";
import classes from "./notebook-editor.module.css";

/** What the editor shows and tells. */
export interface NotebookEditorProps {
  readonly text: string;
  readonly outcomes: readonly EvaluateLinesResponse[];
  /** Whether the outcomes are those of the text as it stands. */
  readonly fresh: boolean;
  /** The line in which the caret is, from 1. */
  readonly line: number;
  readonly onChange: (text: string) => void;
  /** The caret has come to a line. */
  readonly onLine: (line: number) => void;
}

const fewestLines = 8;

/** The lines of a notebook, with what comes of each beside it. */
export function NotebookEditor({ text, outcomes, fresh, line, onChange, onLine }: NotebookEditorProps) {
  const field = useRef<HTMLTextAreaElement>(null);
  const hintId = useId();
  const lines = linesOf(text);
  const results = new Map(outcomes.map((outcome) => [outcome.line, lineText(outcome)]));
  const tellLine = () => {
    if (field.current !== null) onLine(lineAt(field.current.value, field.current.selectionStart));
  };
  useLayoutEffect(() => {
    // It is as high as its lines: what is scrolled within it would no longer stand beside its results.
    if (field.current !== null) field.current.scrollTop = 0;
  });
  return (
    <div className={classes.sheet}>
      <textarea
        ref={field}
        dir="ltr"
        wrap="off"
        className={classes.lines}
        rows={Math.max(lines.length, fewestLines)}
        value={text}
        onChange={(event) => {
          onChange(event.currentTarget.value);
          tellLine();
        }}
        onSelect={tellLine}
        placeholder={"rate = 1/3\nrate * 12"}
        aria-label="Lines"
        aria-describedby={hintId}
        autoComplete="off"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
      />
      <p id={hintId} className={classes.hint}>
        What each line comes to stands in the list of results, and that of the line with the caret below.
      </p>
      <ol aria-label="Results" aria-busy={!fresh} className={classes.results} data-old={!fresh}>
        {lines.slice(0, mostLines).map((_, index) => {
          const result = results.get(index + 1);
          return (
            // biome-ignore lint/suspicious/noArrayIndexKey: a line is what stands at its place
            <li key={index} className={classes.result} data-kind={result?.kind} data-current={index + 1 === line}>
              {result?.text}
            </li>
          );
        })}
      </ol>
    </div>
  );
}
