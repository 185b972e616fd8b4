import { Skeleton } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useId, useState } from "react";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { ComparisonTable } from "./comparison-table.tsx";
import { useFollowedModel } from "./model-context.ts";
import { ModelFacts } from "./model-facts.tsx";
import classes from "./model-panel.module.css";
import { ModelSummary } from "./model-summary.tsx";
import { QualityChart } from "./quality-chart.tsx";
import { TrainingProgress } from "./training-progress.tsx";

/**
 * The model that ranks the books: which one is served and how far the next one is, always in view; on demand what it learned
 * from and how good it is.
 */
export function ModelPanel() {
  const { state, data, retry } = useFollowedModel();
  const { model, renewed } = data;
  const [open, setOpen] = useState(false);
  const id = useId();
  return (
    <section className={classes.panel} aria-labelledby={`${id}heading`}>
      <h2 className={classes.title}>
        <button
          type="button"
          id={`${id}heading`}
          className={classes.toggle}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen((last) => !last)}
        >
          The model
          <IconChevronDown aria-hidden size={18} className={classes.chevron} />
        </button>
      </h2>
      {state.kind === "failed" && <ErrorNotice error={state.error} onRetry={retry} withoutDetail />}
      {model === undefined ? (
        state.kind !== "failed" && <Skeleton height="2.35rem" width="80%" />
      ) : (
        <>
          <ModelSummary model={model} />
          {model.training !== undefined && <TrainingProgress training={model.training} />}
          {model.failure !== "" && <p className={classes.failure}>{model.failure}</p>}
        </>
      )}
      <p role="status" aria-label="Model news" className={classes.news}>
        {renewed !== undefined && `Model ${renewed} is served now.`}
      </p>
      <div id={id} hidden={!open}>
        {open && model !== undefined && (
          <div className={classes.details}>
            {model.version > 0n && <ModelFacts model={model} />}
            {model.evaluation === undefined || model.evaluation.models.length === 0 ? (
              <p className={classes.soft}>{whyNotMeasured(model.evaluation?.method)}</p>
            ) : (
              <QualityChart evaluation={model.evaluation} />
            )}
            {model.comparison !== undefined && <ComparisonTable comparison={model.comparison} />}
          </div>
        )}
      </div>
    </section>
  );
}

// The server says why it measured nothing where the method would be.
function whyNotMeasured(method = ""): string {
  if (method === "") return "How good it is has not been measured yet.";
  return `How good it is: ${method}.`;
}
