/** The first so many code points of a text, all where it has no more; never half a surrogate pair. */
export function firstCodePoints(text: string, most: number): string {
  if (text.length <= most) return text;
  // No more code units than can be needed: the text may be long.
  return [...text.slice(0, 2 * most)].slice(0, most).join("");
}

/** A text of at most so many code points, with an ellipsis in the place of the rest; never half a surrogate pair. */
export function truncate(text: string, maxCodePoints: number): string {
  const start = firstCodePoints(text, maxCodePoints);
  return start.length < text.length ? `${start}…` : text;
}
