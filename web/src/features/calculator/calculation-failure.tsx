import type { ConnectError } from "@connectrpc/connect";
import { CodeBadge } from "../../errors/code-badge.tsx";
import classes from "./calculation-failure.module.css";
import { calculationSentence } from "./calculation-sentence.ts";
import { expressionProblem } from "./expression-problem.ts";

/** Why a calculation came to no value: a sentence, and the status code beside it. */
export function CalculationFailure({ error }: { readonly error: ConnectError }) {
  return (
    <span className={classes.failure}>
      {expressionProblem(error)?.sentence ?? calculationSentence(error.code)} <CodeBadge code={error.code} />
    </span>
  );
}
