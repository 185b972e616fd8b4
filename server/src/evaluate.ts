import { writeFile } from "node:fs/promises";
import { describeEvaluation } from "./importing/describe-evaluation.ts";
import { evaluateFolder } from "./importing/evaluate-folder.ts";
import { EVALUATE_USAGE, parseEvaluateOptions } from "./importing/evaluate-options.ts";
import { evaluationJson } from "./importing/evaluation-json.ts";

// The command `npm run evaluate`: everything else is in functions, so that tests can call it.
try {
  const options = parseEvaluateOptions(process.argv.slice(2));
  const evaluation = await evaluateFolder(options);
  process.stdout.write(options.json === "-" ? evaluationJson(evaluation) : describeEvaluation(evaluation));
  if (options.json !== undefined && options.json !== "-") await writeFile(options.json, evaluationJson(evaluation));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${EVALUATE_USAGE}`);
  process.exitCode = 1;
}
