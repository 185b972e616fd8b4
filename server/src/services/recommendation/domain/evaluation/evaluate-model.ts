import type { ExplainableModel, RankingModel } from "../model/ranking-model.ts";
import { type FewRatingsResult, measureFewRatings } from "./few-ratings.ts";
import { type Estimate, estimate, measureList } from "./metrics.ts";
import type { Split } from "./test-case.ts";

/** What a model showed on a split. */
export interface Evaluation {
  readonly ndcg: Estimate;
  readonly recall: Estimate;
  readonly hitRate: Estimate;
  /** The share of the books of the training that is in at least one of the lists. */
  readonly coverage: number;
  /** How many main authors a list has for each of its books, 0 to 1, a book without one as if by its own; undefined where they are not known. */
  readonly authorDiversity: number | undefined;
  /** How little known the books of the lists are: the mean of −log₂ of the share of readers who like a book, as if one more did. */
  readonly novelty: number;
  /** How many of the dislikes that were held out are in a list, over the readers of whom some were. */
  readonly dislikes: Estimate;
  /** What it shows when it is told of few ratings only. */
  readonly fewRatings: readonly FewRatingsResult[];
  /** What choosing the best of all books took for a reader, the median in microseconds. */
  readonly scoreMicros: number;
  /** The NDCG of each test case, for paired comparisons. */
  readonly ndcgs: Float64Array;
}

/** How to test a model. */
export interface EvaluationOptions {
  /** How many books a list has, from 1. */
  readonly length: number;
  /** Of how many likes it is told alone, each in a test of its own; none unless told. */
  readonly fewRatings?: readonly number[];
  /** A clock in milliseconds, for the times alone. */
  now(): number;
}

/** Lets the model rank all books but those of each profile, and measures the first of each list. */
export function evaluateModel(
  model: RankingModel & Partial<ExplainableModel>,
  split: Split,
  options: EvaluationOptions,
): Evaluation {
  const { train, cases, shelf } = split;
  const { length, now, fewRatings = [] } = options;
  const lists = createListStatistics(split);
  const times = new Float64Array(cases.length);
  const measured = cases.map(({ profile, heldOut, disliked }, index) => {
    const start = now();
    const list = model.best(profile, length);
    times[index] = (now() - start) * 1000;
    lists.add(list);
    const dislikes = list.filter((book) => disliked.includes(book)).length;
    return { ...measureList(list, heldOut, length), dislikes: disliked.length > 0 ? [dislikes] : [] };
  });
  const ndcgs = Float64Array.from(measured, ({ ndcg }) => ndcg);
  return {
    ndcg: estimate(ndcgs),
    recall: estimate(Float64Array.from(measured, ({ recall }) => recall)),
    hitRate: estimate(Float64Array.from(measured, ({ hit }) => hit)),
    coverage: lists.shown / Math.max(1, train.bookIds.length),
    authorDiversity: shelf && lists.authors / Math.max(1, lists.entries),
    novelty: lists.information / Math.max(1, lists.entries),
    dislikes: estimate(Float64Array.from(measured.flatMap(({ dislikes }) => dislikes))),
    fewRatings: fewRatings.map((ratings) => measureFewRatings(model, cases, { length, ratings })),
    scoreMicros: times.sort()[times.length >> 1] ?? 0,
    ndcgs,
  };
}

/** Counts what many lists are made of. */
function createListStatistics({ train: { likes, readerIds }, shelf }: Split) {
  const shown = new Set<number>();
  const counts = { entries: 0, authors: 0, information: 0 };
  return {
    get shown() {
      return shown.size;
    },
    get entries() {
      return counts.entries;
    },
    get authors() {
      return counts.authors;
    },
    get information() {
      return counts.information;
    },
    add(list: Uint32Array) {
      counts.entries += list.length;
      counts.authors += new Set(Array.from(list, (book) => shelf?.authorOf(book) ?? book)).size;
      for (const book of list) {
        shown.add(book);
        counts.information -= Math.log2(((likes[book] ?? 0) + 1) / (readerIds.length + 1));
      }
    },
  };
}
