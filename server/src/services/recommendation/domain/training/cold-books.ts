import { createWeightsBuilder, type ItemWeights } from "../model/item-weights.ts";
import type { SumModelData } from "../model/sum-model-data.ts";
import { mostAlike, type TraitSimilarity } from "./trait-similarity.ts";
import { createWeightCollector, type WeightList } from "./weight-collector.ts";

/** How much tags and authors say of books that few readers like. */
export interface ColdBookOptions {
  /** Books with fewer likes than this are cold; what is said of all others stays as it is. */
  readonly fewLikes: number;
  /** The likes at which tags and authors count half of what they do at none. */
  readonly halfAt: number;
  /** How many of the books most like it, of those that are not cold, a cold book is given the mean score of. */
  readonly nearest: number;
  /** What that mean is multiplied with. */
  readonly meanWeight: number;
  /** How many of the books most like it speak for a cold book by themselves, and how many it says the same as. */
  readonly speakers: number;
  /** How alike they have to be: more of it is what they say, times `speakerWeight`. */
  readonly leastLikeness: number;
  readonly speakerWeight: number;
  /** How many books may speak for a cold book because of its tags and authors, and it for how many: the strongest. */
  readonly entries: number;
}

/** Chosen with goodbooks-10k so that lists find books without a like while those of the other books are as good as before. */
export const COLD_BOOK_DEFAULTS: ColdBookOptions = {
  fewLikes: 5,
  halfAt: 50,
  nearest: 10,
  meanWeight: 0.25,
  speakers: 3,
  leastLikeness: 0.6,
  speakerWeight: 0.08,
  entries: 60,
};

/** What is known of the books of a model, by their index. */
export interface ColdBookData {
  readonly likes: Uint32Array;
  readonly similarity: TraitSimilarity;
}

const NOTHING: WeightList = { books: new Uint32Array(), weights: new Float64Array() };

/**
 * Lets tags and authors speak for books that few readers like, so that a new one can be recommended: it gets a part of the mean score of the
 * books most like it and, from the few most alike, some more for their readers. Both are linear, so what comes out is an
 * ordinary model whose scores are sums over the reader's books. `likes` and `similarity` are by the indices of the model.
 */
export function foldInColdBooks(
  model: SumModelData,
  { likes, similarity }: ColdBookData,
  options = COLD_BOOK_DEFAULTS,
): SumModelData {
  const isWarm = (book: number) => (likes[book] ?? 0) >= options.fewLikes;
  if (likes.every((_, book) => isWarm(book))) return model;
  const incoming = incomingOf(model.weights);
  const popularity = model.popularity.slice();
  const most = incoming.reduce((length, { books }) => Math.max(length, books.length), 0);
  const builder = createWeightsBuilder(likes.length, most + options.entries);
  const collector = createWeightCollector(likes.length);

  function speakFor(book: number): void {
    const share = options.halfAt / (options.halfAt + (likes[book] ?? 0));
    const alike = similarity.row(book);
    const nearest = mostAlike(alike, options.nearest, isWarm);
    const factor = (share * options.meanWeight) / Math.max(1, nearest.length);
    for (const near of nearest) {
      popularity[book] = (popularity[book] ?? 0) + factor * (model.popularity[near] ?? 0);
      collector.addAll(incoming[near] ?? NOTHING, factor);
    }
    for (const speaker of mostAlike(alike, options.speakers)) {
      const excess = (alike.likeness[speaker] ?? 0) - options.leastLikeness;
      if (excess > 0) collector.add(speaker, share * options.speakerWeight * excess);
    }
    collector.keepStrongest(options.entries);
  }

  incoming.forEach((known, book) => {
    if (!isWarm(book)) speakFor(book);
    collector.addAll(known, 1);
    const { books, weights } = collector.take();
    builder.set(book, books, weights);
  });
  return { weights: builder.build(), popularity };
}

/** What speaks for each book, where a model has it by what each book says. */
function incomingOf({ starts, targets, weights }: ItemWeights): readonly WeightList[] {
  const size = starts.length - 1;
  const lists = Array.from({ length: size }, () => ({ books: [] as number[], weights: [] as number[] }));
  for (let source = 0; source < size; source++) {
    for (let entry = starts[source] ?? 0; entry < (starts[source + 1] ?? 0); entry++) {
      const list = lists[targets[entry] ?? 0];
      list?.books.push(source);
      list?.weights.push(weights[entry] ?? 0);
    }
  }
  return lists.map((list) => ({ books: Uint32Array.from(list.books), weights: Float64Array.from(list.weights) }));
}
