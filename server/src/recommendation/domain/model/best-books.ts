/**
 * The indices of the highest scores, best first and ties by lower index, leaving some out. Fewer than `count` only when there are
 * fewer.
 */
export function bestBooks(scores: Float64Array, count: number, leaveOut: Iterable<number>): Uint32Array {
  const best = new Uint32Array(Math.min(count, scores.length));
  if (best.length === 0) return best;
  const skip = new Set(leaveOut);
  let found = 0;
  let book = 0;
  for (; book < scores.length && found < best.length; book++) {
    if (!skip.has(book)) insert(scores, best, found++, book);
  }
  if (found < best.length) return best.subarray(0, found);
  const last = best.length - 1;
  let worst = scoreAt(scores, best, last);
  // A loop of its own that does nothing else for nearly all books takes half the time; its index is inside, so it is cast.
  for (; book < scores.length; book++) {
    if ((scores[book] as number) <= worst || skip.has(book)) continue;
    insert(scores, best, last, book);
    worst = scoreAt(scores, best, last);
  }
  return best;
}

/** Puts a book where it belongs among those before `end`, after its equals; the one at `end` goes. */
function insert(scores: Float64Array, best: Uint32Array, end: number, book: number): void {
  const score = scores[book] ?? 0;
  let place = end;
  for (; place > 0 && scoreAt(scores, best, place - 1) < score; place--) best[place] = best[place - 1] ?? 0;
  best[place] = book;
}

function scoreAt(scores: Float64Array, best: Uint32Array, place: number): number {
  return scores[best[place] ?? 0] ?? 0;
}
