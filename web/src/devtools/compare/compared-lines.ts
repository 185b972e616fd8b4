import { lineChanges } from "../../text/line-changes.ts";

/** A line of two texts: of both where they have it in common or one stands for the other, else of one. */
export interface ComparedLine {
  readonly first: string | undefined;
  readonly second: string | undefined;
  readonly differs: boolean;
}

/** Two texts line by line, side by side, or all lines of the only one; undefined where they are too different for that. */
export function comparedLines(
  first: string | undefined,
  second: string | undefined,
): readonly ComparedLine[] | undefined {
  if (first === undefined || second === undefined) {
    const lines = (first ?? second)?.split("\n") ?? [];
    const side = first === undefined ? "second" : "first";
    return lines.map((line) => ({ first: undefined, second: undefined, [side]: line, differs: true }));
  }
  const changes = lineChanges(first, second);
  if (changes === undefined) return undefined;
  const lines: ComparedLine[] = [];
  let removed: readonly string[] = [];
  const flush = (added: readonly string[]) => {
    for (let index = 0; index < Math.max(removed.length, added.length); index += 1)
      lines.push({ first: removed[index], second: added[index], differs: true });
    removed = [];
  };
  for (const change of changes) {
    const texts = change.value.replace(/\n$/, "").split("\n");
    if (change.removed) removed = texts;
    else if (change.added) flush(texts);
    else {
      flush([]);
      for (const text of texts) lines.push({ first: text, second: text, differs: false });
    }
  }
  flush([]);
  return lines;
}
