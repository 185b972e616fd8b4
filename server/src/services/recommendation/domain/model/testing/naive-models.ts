// The models once more, slow and obvious: by id, in maps and dense matrices, with another way to solve them.

/** The pairs that a naive model learns from. */
export type Pairs = readonly (readonly [reader: number, book: number])[];

/** All books that a reader likes, ascending. */
export function naiveBooks(pairs: Pairs): number[] {
  return [...new Set(pairs.map(([, book]) => book))].sort((a, b) => a - b);
}

/** What each reader counts for when it depends on how many books they like: all likes together count as many as there are. */
export function naiveWeights(pairs: Pairs, scale = naiveScale(pairs)): ReadonlyMap<number, number> {
  return new Map(naiveReaders(pairs).map((reader) => [reader, scale / Math.sqrt(naiveLikes(pairs, reader).size)]));
}

/** What a reader of one like counts for. */
export function naiveScale(pairs: Pairs): number {
  const counts = naiveReaders(pairs).map((reader) => naiveLikes(pairs, reader).size);
  const roots = counts.reduce((sum, count) => sum + Math.sqrt(count), 0);
  return counts.reduce((sum, count) => sum + count, 0) / roots;
}

/** What a reader likes. */
export function naiveLikes(pairs: Pairs, own: number): ReadonlySet<number> {
  return new Set(pairs.filter(([reader]) => reader === own).map(([, book]) => book));
}

function naiveReaders(pairs: Pairs): number[] {
  return [...new Set(pairs.map(([reader]) => reader))];
}

/** How many readers like both of two books, or one book when both are the same; or what they weigh. */
export function naiveCount(pairs: Pairs, a: number, b: number, weights?: ReadonlyMap<number, number>): number {
  const likers = (book: number) => pairs.filter((pair) => pair[1] === book).map(([reader]) => reader);
  const likersOfB = new Set(likers(b));
  const both = new Set(likers(a).filter((reader) => likersOfB.has(reader)));
  return [...both].reduce((sum, reader) => sum + (weights?.get(reader) ?? 1), 0);
}

interface NaiveNeighbours {
  readonly count: number;
  readonly minCoCount: number;
  readonly weights?: ReadonlyMap<number, number>;
}

/** The neighbours of a book by shrunk cosine, the nearest first and ties by id. */
export function naiveNeighbours(pairs: Pairs, book: number, { count, minCoCount, weights }: NaiveNeighbours) {
  return naiveBooks(pairs)
    .filter((other) => other !== book && naiveCount(pairs, book, other) >= minCoCount)
    .map((other) => {
      const norm =
        Math.sqrt(naiveCount(pairs, book, book, weights)) * Math.sqrt(naiveCount(pairs, other, other, weights));
      return { book: other, similarity: Math.fround(naiveCount(pairs, book, other, weights)) / (norm + 10) };
    })
    .sort((a, b) => b.similarity - a.similarity || a.book - b.book)
    .slice(0, count);
}

/** What each neighbour says for a book in local ridge, by the id of the neighbour. */
export function naiveRidgeWeights(
  pairs: Pairs,
  book: number,
  { neighbours = 100, lambda = 50, leastWeight = 0.004, weights = naiveWeights(pairs) } = {},
): Map<number, number> {
  const chosen = naiveNeighbours(pairs, book, { count: neighbours, minCoCount: 2, weights }).map((near) => near.book);
  const count = (a: number, b: number) =>
    naiveCount(pairs, a, b) >= 2 || a === b ? naiveCount(pairs, a, b, weights) : 0;
  const rows = chosen.map((row) => [
    ...chosen.map((column) => count(row, column) + (row === column ? lambda : 0)),
    count(row, book),
  ]);
  const solved = solveByElimination(rows);
  const said = chosen.map((neighbour, index) => [neighbour, solved[index] ?? Number.NaN] as const);
  return new Map(said.filter(([, weight]) => !(Math.abs(weight) < leastWeight)));
}

/** Solves a linear system given as rows with the right side at their end, by Gauss-Jordan elimination with pivots. */
export function solveByElimination(system: readonly (readonly number[])[]): number[] {
  const rows = system.map((row) => [...row]);
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let step = 0; step < rows.length; step++) {
    let pivot = step;
    for (let row = step + 1; row < rows.length; row++)
      if (Math.abs(at(row, step)) > Math.abs(at(pivot, step))) pivot = row;
    [rows[step], rows[pivot]] = [rows[pivot] ?? [], rows[step] ?? []];
    const divisor = at(step, step);
    rows[step] = (rows[step] ?? []).map((value) => value / divisor);
    rows.forEach((row, index) => {
      const factor = row[step] ?? 0;
      if (index !== step) rows[index] = row.map((value, column) => value - factor * at(step, column));
    });
  }
  return rows.map((row) => row.at(-1) ?? Number.NaN);
}
