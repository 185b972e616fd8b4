/**
 * The indices of the highest scores, best first and ties by lower index, leaving some out. Fewer than `count` only when there are
 * fewer.
 */
export function bestBooks(scores: Float64Array, count: number, leaveOut: Iterable<number>): Uint32Array {
  const best = new Uint32Array(Math.min(count, scores.length));
  if (best.length === 0) return best;
  const skip = new Set(leaveOut);
  let found = 0;
  let worst = Number.NEGATIVE_INFINITY;
  for (let book = 0; book < scores.length; book++) {
    // The index is inside: nearly all books end here, so this line is the time that a list takes.
    const score = scores[book] as number;
    if ((found === best.length && score <= worst) || skip.has(book)) continue;
    let place = found < best.length ? found++ : found - 1;
    for (; place > 0 && (scores[best[place - 1] ?? 0] ?? 0) < score; place--) best[place] = best[place - 1] ?? 0;
    best[place] = book;
    worst = scores[best[found - 1] ?? 0] ?? 0;
  }
  return best.subarray(0, found);
}
