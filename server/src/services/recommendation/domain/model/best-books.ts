/** For longer lists sorting everything takes less time than putting each book in its place. */
const LONG = 200;

/**
 * The indices of the highest scores, best first and ties by lower index, leaving some out; of the candidates, ascending, or of all books.
 * Fewer than `count` only when there are fewer. The scores of those left out are lost: −∞ is written over them.
 */
export function bestBooks(
  scores: Float64Array,
  count: number,
  leaveOut: Iterable<number>,
  candidates?: Uint32Array,
): Uint32Array {
  for (const book of leaveOut) scores[book] = Number.NEGATIVE_INFINITY;
  if (count > LONG) return sorted(scores, count, candidates);
  const best = new Uint32Array(count);
  const found = candidates === undefined ? bestOfAll(scores, best) : bestOf(candidates, scores, best);
  return best.subarray(0, found);
}

// The loops that nearly all books take do nothing but compare, which takes half the time. Their indices are inside: cast, not checked.

function bestOfAll(scores: Float64Array, best: Uint32Array): number {
  const size = scores.length;
  let found = 0;
  let book = 0;
  for (; book < size && found < best.length; book++) {
    if (isLeft(scores, book)) insert(scores, best, found++, book);
  }
  if (found === 0) return 0;
  let worst = scoreAt(scores, best, found - 1);
  for (; book < size; book++) {
    if ((scores[book] as number) <= worst) continue;
    insert(scores, best, found - 1, book);
    worst = scoreAt(scores, best, found - 1);
  }
  return found;
}

function bestOf(candidates: Uint32Array, scores: Float64Array, best: Uint32Array): number {
  const size = candidates.length;
  let found = 0;
  let place = 0;
  for (; place < size && found < best.length; place++) {
    const book = candidates[place] as number;
    if (isLeft(scores, book)) insert(scores, best, found++, book);
  }
  if (found === 0) return 0;
  let worst = scoreAt(scores, best, found - 1);
  for (; place < size; place++) {
    const book = candidates[place] as number;
    if ((scores[book] as number) <= worst) continue;
    insert(scores, best, found - 1, book);
    worst = scoreAt(scores, best, found - 1);
  }
  return found;
}

function sorted(scores: Float64Array, count: number, candidates?: Uint32Array): Uint32Array {
  const books = candidates ?? Uint32Array.from(scores, (_score, book) => book);
  return books
    .filter((book) => isLeft(scores, book))
    .sort((a, b) => scoreOf(scores, b) - scoreOf(scores, a) || a - b)
    .subarray(0, count);
}

/** Puts a book where it belongs among those before `end`, after its equals; the one at `end` goes. */
function insert(scores: Float64Array, best: Uint32Array, end: number, book: number): void {
  const score = scoreOf(scores, book);
  let place = end;
  for (; place > 0 && scoreAt(scores, best, place - 1) < score; place--) best[place] = best[place - 1] ?? 0;
  best[place] = book;
}

function isLeft(scores: Float64Array, book: number): boolean {
  return scoreOf(scores, book) > Number.NEGATIVE_INFINITY;
}

function scoreAt(scores: Float64Array, best: Uint32Array, place: number): number {
  return scoreOf(scores, best[place] ?? 0);
}

function scoreOf(scores: Float64Array, book: number): number {
  return scores[book] ?? 0;
}
