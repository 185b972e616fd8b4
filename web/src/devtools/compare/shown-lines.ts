import type { ComparedLine } from "./compared-lines.ts";

/** So many lines beside one that differs are shown; a longer run of equal lines is folded where that leaves out enough. */
const BESIDE = 10;
const FEWEST_FOLDED = 20;
/** So many lines and folds are shown at most: a packed field of 64 KiB has as many lines. */
const MOST_SHOWN = 500;

/** Equal lines that are left out, in their place. */
export interface FoldedLines {
  readonly folded: number;
}

/** What is shown of compared lines. */
export interface ShownLines {
  readonly lines: readonly (ComparedLine | FoldedLines)[];
  /** How many more lines there are after those. */
  readonly leftOut: number;
}

/** What to show of compared lines: those that differ and what is beside them, as far as there is room. */
export function shownLines(lines: readonly ComparedLine[]): ShownLines {
  const shown = folded(lines);
  const rest = shown.slice(MOST_SHOWN);
  return { lines: shown.slice(0, MOST_SHOWN), leftOut: rest.reduce((sum, line) => sum + count(line), 0) };
}

function folded(lines: readonly ComparedLine[]): readonly (ComparedLine | FoldedLines)[] {
  const shown: (ComparedLine | FoldedLines)[] = [];
  let equal: ComparedLine[] = [];
  const flush = () => {
    const leftOut = equal.length - 2 * BESIDE;
    if (leftOut < FEWEST_FOLDED) for (const line of equal) shown.push(line);
    else shown.push(...equal.slice(0, BESIDE), { folded: leftOut }, ...equal.slice(-BESIDE));
    equal = [];
  };
  for (const line of lines) {
    if (!line.differs) {
      equal.push(line);
      continue;
    }
    flush();
    shown.push(line);
  }
  flush();
  return shown;
}

function count(line: ComparedLine | FoldedLines): number {
  return "folded" in line ? line.folded : 1;
}
