import { Button } from "@mantine/core";
import { IconPlayerStopFilled } from "@tabler/icons-react";
import type { EvaluateStepsResponse } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { EmptyState } from "../../components/empty-state.tsx";
import { Panel } from "../../components/panel.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import type { CollectedStream } from "../../hooks/use-collected-stream.ts";
import { CalculationFailure } from "./calculation-failure.tsx";
import { isAnswer } from "./calculation-sentence.ts";
import { StepsLog } from "./steps-log.tsx";
import classes from "./steps-panel.module.css";
import { StepsStatus } from "./steps-status.tsx";

/** The steps to show. */
export interface StepsPanelProps {
  readonly steps: CollectedStream<EvaluateStepsResponse>;
  /** Asks for the steps of the expression as it stands; absent while there is none. */
  readonly onShow: (() => void) | undefined;
  /** Asks for the same steps again after the call failed. */
  readonly onRetry: () => void;
}

/** The calculation as it happens: every reduction as it comes in. */
export function StepsPanel({ steps, onShow, onRetry }: StepsPanelProps) {
  const { state, items, total, stop } = steps;
  const aside = (
    <span className={classes.aside}>
      <StepsStatus kind={state.kind} total={total} />
      {state.kind === "open" ? (
        <Button
          size="compact-md"
          variant="default"
          leftSection={<IconPlayerStopFilled aria-hidden size={14} />}
          onClick={stop}
        >
          Stop
        </Button>
      ) : (
        <Button size="compact-md" disabled={onShow === undefined} onClick={onShow}>
          Show steps
        </Button>
      )}
    </span>
  );
  return (
    <Panel title="Steps" aside={aside}>
      <StepsLog items={items} total={total} isDone={state.kind === "done"} />
      {state.kind === "idle" && (
        <EmptyState title="Watch it being worked out">
          Press Enter or =, and every reduction comes in as the server makes it.
        </EmptyState>
      )}
      {state.kind === "open" && total === 0 && <p className={classes.note}>Waiting for the first step…</p>}
      {state.kind === "cancelled" && <p className={classes.note}>Stopped. The server has stopped too.</p>}
      {state.kind === "failed" &&
        (isAnswer(state.error.code) ? (
          <p className={classes.failure}>
            <CalculationFailure error={state.error} />
          </p>
        ) : (
          <ErrorNotice error={state.error} onRetry={onRetry} />
        ))}
    </Panel>
  );
}
