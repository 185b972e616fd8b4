import type { ItemWeights } from "./item-weights.ts";
import type { Profile } from "./profile.ts";
import { scoreAll } from "./score-all.ts";
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
 * Where there are no more than so many books for each weight that the reader's books have, all are scored, one after
 * the other: on goodbooks-10k that takes less than looking up which were scored already (`npm run bench -- --only
 * score`).
 */
const DENSE = 4;

/**
 * Makes a finder of the best books of a sum model: exactly those that the scores of all books would give, of books
 * with the same score the lower index first. Where there are many, not all are scored: a book for which none of the
 * reader's says anything is as good as it is popular, so of all those only the most popular are looked at, and the
 * time depends on what the reader's books say, not on how many books there are. `fade` is what the popularity is
 * multiplied with.
 */
export function createTopBooks({ weights, popularity }: SumModelData, order: Uint32Array) {
  const size = popularity.length;
  const touched = { sums: new Float64Array(size), isTouched: new Uint8Array(size), books: new Uint32Array(size) };

  return (profile: Profile, fade: number, count: number, choice: Choice): TopBooks => {
    const length = Math.min(count, size);
    if (length === 0) return { books: new Uint32Array(), scores: new Float64Array() };
    const list = createList(length);
    if (size <= DENSE * countTerms(weights, profile)) {
      scoreAll(touched.sums, { weights, popularity }, profile, fade);
      offerAll(list, touched.sums, choice);
      return list.take();
    }
    const found = addTerms(touched, weights, popularity, profile, fade);
    offerTouched(list, touched, found, choice);
    offerPopular(list, choice, { popularity, fade, order: choice.order ?? order, isTouched: touched.isTouched });
    for (let place = 0; place < found; place++) touched.isTouched[touched.books[place] ?? 0] = 0;
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

/** Higher than the index of any book. */
const NO_BOOK = 0xff_ff_ff_ff;

interface List {
  fit(book: number, score: number): Fit;
  offer(book: number, score: number): void;
  /** What a book must score at least to come into the list: −∞ while it is not full. */
  leastScore(): number;
  take(): TopBooks;
}

/**
 * Collects the best of what it is offered, one at least, in their order from the first on: so what is needed to come
 * in is known early, and few come in. Where the list is not full, its end is of no book, with the least of all
 * scores.
 */
function createList(count: number): List {
  const books = new Uint32Array(count).fill(NO_BOOK);
  const scores = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
  const last = count - 1;
  let length = 0;

  function comesBefore(book: number, score: number, place: number): boolean {
    const other = scores[place] as number;
    return score > other || (score === other && book < (books[place] as number));
  }
  /** The place of the first that comes after a book, found by halving. */
  function placeOf(book: number, score: number): number {
    let low = 0;
    let high = length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comesBefore(book, score, middle)) high = middle;
      else low = middle + 1;
    }
    return low;
  }
  return {
    fit(book, score) {
      if (comesBefore(book, score, last)) return "may be in";
      return score === scores[last] ? "no index as high" : "no score as low";
    },
    leastScore: () => scores[last] as number,
    offer(book, score) {
      if (!comesBefore(book, score, last)) return;
      const place = placeOf(book, score);
      books.copyWithin(place + 1, place, last);
      scores.copyWithin(place + 1, place, last);
      books[place] = book;
      scores[place] = score;
      if (length < count) length++;
    },
    take: () => ({ books: books.subarray(0, length), scores: scores.subarray(0, length) }),
  };
}

interface Touched {
  readonly sums: Float64Array;
  readonly isTouched: Uint8Array;
  readonly books: Uint32Array;
}

// The loops below are the time of a call. Most books score too little, so that is looked at first, and in a variable
// of the loop: asking the list and the choice about each took three times as long. Their indices are inside the
// arrays by construction: cast, not checked.

function offerTouched(list: List, { sums, books }: Touched, length: number, { allows }: Choice): void {
  let least = list.leastScore();
  for (let place = 0; place < length; place++) {
    const book = books[place] as number;
    const score = sums[book] as number;
    if (score < least || !allows(book)) continue;
    list.offer(book, score);
    least = list.leastScore();
  }
}

function offerAll(list: List, sums: Float64Array, { allows }: Choice): void {
  let least = list.leastScore();
  for (let book = next(sums, 0, least); book < sums.length; book = next(sums, book + 1, least)) {
    if (!allows(book)) continue;
    list.offer(book, sums[book] as number);
    least = list.leastScore();
  }
}

/** The next book, from one on, that scores as much; the number of books where there is none. */
function next(sums: Float64Array, from: number, least: number): number {
  const size = sums.length;
  let book = from;
  while (book < size && (sums[book] as number) < least) book++;
  return book;
}

interface Popular {
  readonly popularity: Float64Array;
  readonly fade: number;
  /** Of the books that may be chosen, the most popular first. */
  readonly order: Uint32Array;
  readonly isTouched: Uint8Array;
}

/** Offers the books that the profile says nothing for, as long as one may be in the list. */
function offerPopular(list: List, { allows }: Choice, { popularity, fade, order, isTouched }: Popular): void {
  for (let place = 0; place < order.length; ) {
    const book = order[place] ?? 0;
    const score = (popularity[book] ?? 0) * fade;
    const fit = list.fit(book, score);
    if (fit === "no score as low") return;
    // A lower popularity may still give the same score, by rounding, and then to a book of a lower index.
    if (fit === "no index as high") {
      place = endOfTies(order, popularity, place);
      continue;
    }
    if (isTouched[book] === 0 && allows(book)) list.offer(book, score);
    place++;
  }
}

/** How many weights the books of a profile have, those that count 0 included. */
function countTerms({ starts }: ItemWeights, { books }: Profile): number {
  let count = 0;
  for (const book of books) count += (starts[book + 1] ?? 0) - (starts[book] ?? 0);
  return count;
}

/** Adds up the scores of the books that the profile says something for; returns how many. */
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
