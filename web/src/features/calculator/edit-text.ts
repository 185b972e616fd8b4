/** What to put in the place of which part of a text. */
export interface TextEdit {
  /** The part: from `start` to before `end`, in UTF-16 code units. */
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Puts text in the place of what is selected from `start` to before `end`. Text that ends with an opening parenthesis,
 * such as `sqrt(`, is put around it instead.
 */
export function insertion(text: string, start: number, end: number, inserted: string): TextEdit {
  const selected = text.slice(start, end);
  return { start, end, text: inserted.endsWith("(") && selected !== "" ? `${inserted}${selected})` : inserted };
}

/** Removes what is selected, or else what stands before the caret: a function with its parenthesis at once. */
export function erasure(text: string, start: number, end: number): TextEdit {
  return { start: start < end ? start : start - lengthOfLast(text.slice(0, start)), end, text: "" };
}

function lengthOfLast(before: string): number {
  return /[a-z]+\($|.$/isu.exec(before)?.[0].length ?? 0;
}
