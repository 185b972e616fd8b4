// As the server counts: Unicode code points.
function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** What is wrong with a text of more than `most` characters, with both figures; undefined for one that is short enough. */
export function lengthProblem(text: string, most: number): string | undefined {
  // A character takes one or two UTF-16 units.
  if (text.length <= most) return undefined;
  const count = countCharacters(text);
  if (count <= most) return undefined;
  return `At most ${most.toLocaleString("en")} characters: these are ${count.toLocaleString("en")}`;
}
