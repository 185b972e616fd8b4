/** How many code points of a value a message of an error repeats. */
const SHOWN = 60;

/** A value of JSON for the message of an error, cut where it is long, between code points. */
export function quote(json: unknown): string {
  const text = typeof json === "string" ? json : String(JSON.stringify(json));
  const shown = truncate(text, SHOWN);
  return typeof json === "string" ? JSON.stringify(shown) : shown;
}

/** A text of at most so many code points and an ellipsis in the place of the rest; never half a surrogate pair. */
export function truncate(text: string, maxCodePoints: number): string {
  if (text.length <= maxCodePoints) return text;
  // No more code units than can be needed: the text may be long.
  const codePoints = [...text.slice(0, 2 * maxCodePoints + 2)];
  if (codePoints.length <= maxCodePoints) return text;
  return `${codePoints.slice(0, maxCodePoints).join("")}…`;
}
