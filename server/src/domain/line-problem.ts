import { hasVisible, textProblem } from "./text-problem.ts";

/**
 * Says what is wrong with a line of text that people read, or nothing. It has 1 to `most` code points of any script, which every language
 * runtime can count alike, unlike grapheme clusters; something visible among them; and nothing that keeps it from being shown beside others
 * (see `textProblem`). It is taken as sent: spaces around it are neither removed nor refused.
 */
export function lineProblem(text: string, most: number): string | undefined {
  if (text === "") return `must have 1 to ${most} characters: got none`;
  if (isLonger(text, most)) return `must have 1 to ${most} characters: got more than ${most}`;
  const problem = textProblem(text, "line");
  if (problem !== undefined) return problem;
  if (!hasVisible(text)) return `must have 1 to ${most} characters, one of them visible: got only blanks`;
  return undefined;
}

function isLonger(text: string, most: number): boolean {
  // A code point takes at most two units, so a huge text need not be walked to know.
  return text.length > 2 * most || [...text].length > most;
}
