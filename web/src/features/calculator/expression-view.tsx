import { CalculatorService, type EvaluateStepsResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { Suspense, useId, useRef, useState } from "react";
import { lazyPart } from "../../components/lazy-part.ts";
import { Panel } from "../../components/panel.tsx";
import { useCollectedStream } from "../../hooks/use-collected-stream.ts";
import { useServiceClient } from "../../transport/use-service-client.ts";
import { DigitsField, defaultDigits } from "./digits-field.tsx";
import { ExampleChips } from "./example-chips.tsx";
import { ExpressionEditor } from "./expression-editor.tsx";
import classes from "./expression-view.module.css";
import type { HistoryEntry } from "./history-entry.ts";
import { HistoryPanel } from "./history-panel.tsx";
import { Keypad } from "./keypad.tsx";
import type { Key } from "./keys.ts";
import { ResultView } from "./result-view.tsx";
import { StepsPanel } from "./steps-panel.tsx";
import { useEvaluation } from "./use-evaluation.ts";
import { useExpressionField } from "./use-expression-field.ts";
import { useHistory } from "./use-history.ts";
import { useKeepResult } from "./use-keep-result.ts";

const WholeNumbers = lazyPart(
  async () => (await import("./whole-numbers.tsx")).WholeNumbers,
  () => null,
);

/** How many steps are kept on the page. */
const mostSteps = 300;

/** One expression: a result as it is typed, its steps as they happen, and what was kept. */
export function ExpressionView() {
  const field = useExpressionField();
  const [digits, setDigits] = useState(defaultDigits);
  const evaluation = useEvaluation(field.expression, digits);
  const { entries, history } = useHistory();
  const keepResult = useKeepResult(history);
  const steps = useSteps();
  const hintId = useId();
  const { expression } = field;
  const isBlank = expression.trim() === "";
  const problem = evaluation.outcome?.kind === "problem" ? evaluation.outcome.problem : undefined;

  const showSteps = (): boolean => {
    if (isBlank) return false;
    // There are no steps before the expression can be read.
    if (evaluation.fresh && problem !== undefined && problem.kind !== "undefined-result") {
      field.focus(problem.position);
      return false;
    }
    steps.start(expression, digits);
    return true;
  };
  const enter = () => {
    if (showSteps()) keepResult(expression, digits, evaluation);
  };
  const reuse = (entry: HistoryEntry) => {
    field.replace(entry.expression);
    setDigits(entry.digits);
  };
  const press = (action: Key["action"], byPointer: boolean) => {
    if (byPointer) field.focusQuietly();
    if (action === "equals") enter();
    else if (action === "clear") field.replace("");
    else if (action === "erase") field.erase();
    else field.insert(action.insert);
  };

  return (
    <div className={classes.page}>
      <div className={classes.expression}>
        <Panel title="Expression">
          <div className={classes.work}>
            <ExpressionEditor
              field={field}
              problem={problem}
              fresh={evaluation.fresh}
              hintId={hintId}
              onEnter={enter}
            />
            {isBlank && entries.length === 0 ? (
              <ExampleChips onChoose={field.replace} />
            ) : (
              <ResultView evaluation={evaluation} hintId={hintId} />
            )}
          </div>
        </Panel>
      </div>
      <div className={classes.keys}>
        <Keypad onKey={press} />
        <DigitsField digits={digits} onChange={setDigits} />
      </div>
      <div className={classes.steps}>
        <StepsPanel steps={steps.stream} onShow={isBlank ? undefined : showSteps} onRetry={steps.again} />
      </div>
      <HistoryPanel entries={entries} history={history} onReuse={reuse} />
      <div className={classes.whole}>
        <Suspense fallback={null}>
          <WholeNumbers />
        </Suspense>
      </div>
    </div>
  );
}

/** The stream of the steps, which can be asked for again as it was last asked for. */
function useSteps() {
  const client = useServiceClient(CalculatorService);
  const stream = useCollectedStream<EvaluateStepsResponse>(mostSteps);
  const last = useRef({ expression: "", digits: defaultDigits });
  const again = () => stream.start((signal) => client.evaluateSteps(last.current, { signal }));
  return {
    stream,
    again,
    start(expression: string, digits: number) {
      last.current = { expression, digits };
      again();
    },
  };
}
