/** A text of at most so many code points, with an ellipsis in the place of the rest; never half a surrogate pair. */
export function truncate(text: string, maxCodePoints: number): string {
  if (text.length <= maxCodePoints) return text;
  // No more code units than can be needed: the text may be long.
  const codePoints = [...text.slice(0, 2 * maxCodePoints + 2)];
  if (codePoints.length <= maxCodePoints) return text;
  return `${codePoints.slice(0, maxCodePoints).join("")}…`;
}
