/** A piece of a text, and whether it is a name, which must not turn its neighbours round. */
export interface IsolatedPart {
  readonly text: string;
  readonly isName: boolean;
}

/**
 * Cuts a text into the names that stand in it and the rest; where several names begin at one place, the longest is it. The
 * parts together are the text.
 */
export function isolatedParts(text: string, names: readonly string[]): readonly IsolatedPart[] {
  const longestFirst = [...new Set(names)].filter((name) => name !== "").sort((a, b) => b.length - a.length);
  if (longestFirst.length === 0) return [{ text, isName: false }];
  const anyName = new RegExp(`(${longestFirst.map(escaped).join("|")})`);
  // A split by a group gives what is between, and at every other place the group.
  return text
    .split(anyName)
    .map((part, index) => ({ text: part, isName: index % 2 === 1 }))
    .filter((part) => part.text !== "");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, "\\$&");
}
