import type { FolderEvaluation } from "./evaluate-folder.ts";

/** An evaluation for programs: the figures of `FolderEvaluation`, one object a model, bad rows listed whole. */
export function evaluationJson({ results, ...evaluation }: FolderEvaluation): string {
  const models = results.map(({ evaluation: figures, ...result }) => ({ ...result, ...figures }));
  return `${JSON.stringify({ ...evaluation, models }, undefined, 2)}\n`;
}
