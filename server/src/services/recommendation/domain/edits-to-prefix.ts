/**
 * How many letters have to be changed, added, left out or swapped with the next so that a word becomes the beginning of another; undefined when
 * more than `most`. Letters are UTF-16 units.
 */
export function editsToPrefix(word: string, other: string, most: number): number | undefined {
  const width = Math.min(other.length, word.length + most);
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: width + 1 }, (_, column) => column)];
  for (let row = 1; row <= word.length; row++) {
    const current = [row];
    for (let column = 1; column <= width; column++) {
      const same = word[row - 1] === other[column - 1];
      const swapped =
        row > 1 && column > 1 && word[row - 1] === other[column - 2] && word[row - 2] === other[column - 1];
      current[column] = Math.min(
        at(last, column) + 1,
        at(current, column - 1) + 1,
        at(last, column - 1) + (same ? 0 : 1),
        swapped ? at(beforeLast, column - 2) + 1 : Number.POSITIVE_INFINITY,
      );
    }
    // A swap reaches back two rows, but what it adds to is no less than the least of the row between.
    if (Math.min(...current) > most) return undefined;
    [beforeLast, last] = [last, current];
  }
  const edits = Math.min(...last);
  return edits <= most ? edits : undefined;
}

function at(row: readonly number[], column: number): number {
  return row[column] ?? Number.POSITIVE_INFINITY;
}
