import { Fragment } from "react";
import { CopyButton } from "../../components/copy-button.tsx";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { CalculationFailure } from "./calculation-failure.tsx";
import { isAnswer } from "./calculation-sentence.ts";
import { ExactnessBadge } from "./exactness-badge.tsx";
import { groupDigits } from "./group-digits.ts";
import classes from "./result-view.module.css";
import type { Evaluation } from "./use-evaluation.ts";

/** What is known of the expression. */
export interface ResultViewProps {
  readonly evaluation: Evaluation;
  /** The id for the sentence that says what is wrong with the expression. */
  readonly hintId: string;
}

/** The value of the expression, or why it has none. The value before stays, paler, only until that is known. */
export function ResultView({ evaluation: { outcome, value, fresh, retry }, hintId }: ResultViewProps) {
  const problem = outcome?.kind === "problem" ? outcome.problem : undefined;
  const failure = outcome?.kind === "failed" ? outcome.error : undefined;
  const isCurrent = fresh && outcome?.kind === "value";
  const size = sizeOf(value?.value ?? "");
  return (
    <div className={classes.result}>
      <output
        aria-label="Result"
        aria-busy={!fresh}
        className={classes.value}
        data-old={value !== undefined && !isCurrent}
        data-length={size}
        // A long value scrolls, which the keyboard has to reach.
        tabIndex={size === "long" ? 0 : undefined}
      >
        {failure !== undefined && isAnswer(failure.code) ? (
          <CalculationFailure error={failure} />
        ) : (
          value !== undefined && (
            <>
              <span className={classes.sign} data-exact={value.exact}>
                {value.exact ? "=" : "≈"}
              </span>{" "}
              <Grouped value={value.value} />
            </>
          )
        )}
      </output>
      {failure !== undefined && !isAnswer(failure.code) && <ErrorNotice error={failure} onRetry={retry} />}
      {value !== undefined && outcome?.kind === "value" && (
        <div className={classes.notes}>
          <ExactnessBadge exact={value.exact} digits={value.digits} />
          {value.exact && <span className={classes.count}>{digitCount(value.value)}</span>}
          <CopyButton label="Copy result" text={value.value} />
        </div>
      )}
      <p id={hintId} role="status" aria-label="Hint" className={classes.hint} data-kind={problem?.kind}>
        {problem?.sentence}
      </p>
    </div>
  );
}

/** Digits in groups with gaps that are only seen: what is read or copied is the number. */
function Grouped({ value }: { readonly value: string }) {
  const groups = groupDigits(value);
  let at = 0;
  return groups.map((group) => {
    const key = at;
    at += group.length;
    return (
      <Fragment key={key}>
        <span className={classes.group}>{group}</span>
        <wbr />
      </Fragment>
    );
  });
}

function sizeOf(value: string): "short" | "medium" | "long" {
  if (value.length <= 18) return "short";
  return value.length <= 80 ? "medium" : "long";
}

/** Says how long a long number is. */
function digitCount(value: string): string | undefined {
  const count = value.replace(/e.*$/u, "").replace(/^0\.0*|\D/gu, "").length;
  return count > 15 ? `${count.toLocaleString("en")} digits` : undefined;
}
