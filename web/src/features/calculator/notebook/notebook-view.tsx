import { Button } from "@mantine/core";
import { useCallback, useState } from "react";
import { CopyButton } from "../../../components/copy-button.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { fieldViolations } from "../../../errors/field-violations.ts";
import { withProtocol } from "../../../transport/protocol-search.ts";
import { useProtocol } from "../../../transport/use-protocol.ts";
import { DigitsField } from "../digits-field.tsx";
import { CurrentLine } from "./current-line.tsx";
import { lastFunction } from "./line-outcomes.ts";
import { lineText } from "./line-text.ts";
import { exampleText, linesOf } from "./notebook.ts";
import { NotebookEditor } from "./notebook-editor.tsx";
import { sharedHash } from "./notebook-link.ts";
import classes from "./notebook-view.module.css";
import { PlotPanel } from "./plot-panel.tsx";
import { useHash } from "./use-hash.ts";
import { useKeptNotebook } from "./use-kept-notebook.ts";
import { type LineOutcomes, useLineOutcomes } from "./use-line-outcomes.ts";

/** The notebook that the address of the page names: lines that know one another, what comes of each, and a plot. */
export function NotebookView() {
  const hash = useHash();
  const [opened, setOpened] = useState(hash);
  const [written, setWritten] = useState(hash);
  const write = useCallback((next: string) => {
    setWritten(next);
    window.history.replaceState(window.history.state, "", next);
  }, []);
  // Another link was opened; what the notebook itself writes into the address is none.
  if (hash !== opened && hash !== written) setOpened(hash);
  return <OpenedNotebook key={opened} openedHash={opened} onWrite={write} />;
}

interface OpenedNotebookProps {
  readonly openedHash: string;
  readonly onWrite: (hash: string) => void;
}

function OpenedNotebook({ openedHash, onWrite }: OpenedNotebookProps) {
  const { protocol } = useProtocol();
  const [notebook, change] = useKeptNotebook(openedHash, onWrite);
  const [line, setLine] = useState(1);
  const evaluated = useLineOutcomes(notebook.text, notebook.digits);
  const { outcomes, fresh } = evaluated;
  const current = outcomes.find((outcome) => outcome.line === line);
  const link = `${window.location.origin}${withProtocol("/calculator", protocol)}${sharedHash(notebook)}`;
  return (
    <div className={classes.page}>
      <Panel title="Notebook" aside={<CopyButton label="Copy link to this notebook" caption="Copy link" text={link} />}>
        <NotebookEditor
          text={notebook.text}
          outcomes={outcomes}
          fresh={fresh}
          line={line}
          onChange={(text) => change({ text })}
          onLine={setLine}
        />
        {notebook.text.trim() === "" ? (
          <p className={classes.empty}>
            Name a value with <code>=</code>, use it in the lines below, and <code>ans</code> for the line above.{" "}
            <Button size="compact-sm" variant="default" onClick={() => change({ text: exampleText })}>
              Fill in an example
            </Button>
          </p>
        ) : (
          <CurrentLine line={line} result={current && lineText(current)} digits={notebook.digits} />
        )}
        <WholeFailure evaluated={evaluated} />
        <DigitsField digits={notebook.digits} onChange={(digits) => change({ digits })} />
      </Panel>
      <PlotPanel
        lines={linesOf(notebook.text)}
        suggestion={lastFunction(outcomes) ?? "x^2"}
        settings={notebook.plot}
        onChange={(plot) => change({ plot })}
      />
    </div>
  );
}

/** Why there is nothing to say of any line. */
function WholeFailure({ evaluated: { error, retry } }: { readonly evaluated: LineOutcomes }) {
  if (error === undefined) return undefined;
  const violation = fieldViolations(error).get("lines");
  if (violation === undefined) return <ErrorNotice error={error} onRetry={retry} />;
  return <ErrorNotice error={error} sentence={`A notebook ${violation.replace(": got", ", not")}.`} withoutDetail />;
}
