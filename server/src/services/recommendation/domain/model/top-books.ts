import type { ItemWeights } from "./item-weights.ts";
import type { Profile } from "./profile.ts";
import type { SumModelData } from "./sum-model-data.ts";

/** The best books for a reader, by index and best first, with their scores. */
export interface TopBooks {
  readonly books: Uint32Array;
  readonly scores: Float64Array;
}

/** Which books may be in a list. */
export interface Choice {
  /** Whether this book may be. */
  allows(book: number): boolean;
  /** All that may be and perhaps others, ordered as `byPopularity` does; all books where it is left out. */
  readonly order?: Uint32Array | undefined;
}

/**
 * Makes a finder of the best books of a sum model: exactly those that the scores of all books would give, of books with the same score the lower index
 * first, without scoring them all. A book for which none of the reader's says anything is as good as it is popular, so of all those only the most
 * popular are looked at: the time depends on what the reader's books say, not on how many books there are. `fade` is what the popularity is
 * multiplied with.
 */
export function createTopBooks({ weights, popularity }: SumModelData, order: Uint32Array) {
  const size = popularity.length;
  const touched = { sums: new Float64Array(size), isTouched: new Uint8Array(size), books: new Uint32Array(size) };

  return (profile: Profile, fade: number, count: number, choice: Choice): TopBooks => {
    const length = addTerms(touched, weights, popularity, profile, fade);
    const list = createList(count);
    for (let place = 0; place < length; place++) {
      const book = touched.books[place] ?? 0;
      if (choice.allows(book)) list.offer(book, touched.sums[book] ?? 0);
    }
    const popular = choice.order ?? order;
    for (let place = 0; place < popular.length; ) {
      const book = popular[place] ?? 0;
      const score = (popularity[book] ?? 0) * fade;
      const fit = list.fit(book, score);
      if (fit === "no score as low") break;
      // A lower popularity may still give the same score, by rounding, and then to a book of a lower index.
      if (fit === "no index as high") {
        place = endOfTies(popular, popularity, place);
        continue;
      }
      if (touched.isTouched[book] === 0 && choice.allows(book)) list.offer(book, score);
      place++;
    }
    for (let place = 0; place < length; place++) touched.isTouched[touched.books[place] ?? 0] = 0;
    return list.take();
  };
}

/** The books that are most popular first, and those as popular by index; of some books, or of all. */
export function byPopularity(popularity: Float64Array, books: Iterable<number> = popularity.keys()): Uint32Array {
  return Uint32Array.from(books).sort((a, b) => (popularity[b] ?? 0) - (popularity[a] ?? 0) || a - b);
}

/** The place of the first book less popular than the one at a place, found by halving. */
function endOfTies(order: Uint32Array, popularity: Float64Array, place: number): number {
  const tied = popularity[order[place] ?? 0] ?? 0;
  let low = place + 1;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((popularity[order[middle] ?? 0] ?? 0) < tied) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Whether a book may still come into a list, and if not, why. */
type Fit = "may be in" | "no score as low" | "no index as high";

/** Collects the best of what it is offered. */
function createList(count: number) {
  const offered: { readonly book: number; readonly score: number }[] = [];
  const comesBefore = (a: { book: number; score: number }, b: { book: number; score: number }) =>
    b.score - a.score || a.book - b.book;
  /** Twice as many as are wanted are kept before the worse half goes, so that a long list takes no longer than sorting it. */
  const most = 2 * count + 16;
  /** The last of the list when it was cut. */
  let worst = { book: Number.POSITIVE_INFINITY, score: Number.NEGATIVE_INFINITY };

  function cut(): void {
    offered.sort(comesBefore).splice(count);
    if (offered.length === count) worst = offered.at(-1) ?? { book: -1, score: Number.POSITIVE_INFINITY };
  }
  function fit(book: number, score: number): Fit {
    if (score < worst.score) return "no score as low";
    return score === worst.score && book > worst.book ? "no index as high" : "may be in";
  }
  return {
    fit,
    offer(book: number, score: number): void {
      if (fit(book, score) !== "may be in") return;
      offered.push({ book, score });
      if (offered.length >= most) cut();
    },
    take(): TopBooks {
      cut();
      return {
        books: Uint32Array.from(offered, ({ book }) => book),
        scores: Float64Array.from(offered, ({ score }) => score),
      };
    },
  };
}

interface Touched {
  readonly sums: Float64Array;
  readonly isTouched: Uint8Array;
  readonly books: Uint32Array;
}

/** Adds up the scores of the books that the profile says something for; returns how many. The indices are inside: cast, not checked. */
function addTerms(
  { sums, isTouched, books }: Touched,
  { starts, targets, weights }: ItemWeights,
  popularity: Float64Array,
  profile: Profile,
  fade: number,
): number {
  let length = 0;
  for (let index = 0; index < profile.books.length; index++) {
    const source = profile.books[index] as number;
    const factor = profile.weights[index] as number;
    if (factor === 0) continue;
    const end = starts[source + 1] as number;
    for (let entry = starts[source] as number; entry < end; entry++) {
      const target = targets[entry] as number;
      if (isTouched[target] === 0) {
        isTouched[target] = 1;
        books[length++] = target;
        sums[target] = (popularity[target] as number) * fade;
      }
      sums[target] = (sums[target] as number) + factor * (weights[entry] as number);
    }
  }
  return length;
}
