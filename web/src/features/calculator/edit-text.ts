/** A text and where the caret stands in it. */
export interface EditedText {
  readonly text: string;
  /** In UTF-16 code units from the start. */
  readonly caret: number;
}

/** The longest expression the server reads, in UTF-16 code units. */
export const longestExpression = 10_000;

/**
 * Puts text in the place of what is selected from `start` to before `end`. Text that ends with an opening parenthesis,
 * such as `sqrt(`, is put around it instead. What would make the whole too long changes nothing.
 */
export function insertText(text: string, start: number, end: number, inserted: string): EditedText {
  const selected = text.slice(start, end);
  const replacement = inserted.endsWith("(") && selected !== "" ? `${inserted}${selected})` : inserted;
  const whole = `${text.slice(0, start)}${replacement}${text.slice(end)}`;
  if (whole.length > longestExpression) return { text, caret: end };
  return { text: whole, caret: start + replacement.length };
}

/** Removes what is selected, or else what stands before the caret: a function with its parenthesis at once. */
export function eraseText(text: string, start: number, end: number): EditedText {
  const from = start < end ? start : start - lengthOfLast(text.slice(0, start));
  return { text: `${text.slice(0, from)}${text.slice(end)}`, caret: from };
}

function lengthOfLast(before: string): number {
  return /[a-z]+\($|.$/isu.exec(before)?.[0].length ?? 0;
}
