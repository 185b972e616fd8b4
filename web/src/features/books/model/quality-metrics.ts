import type { ModelQuality } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** A way to measure how good a model is. */
export interface QualityMetric {
  readonly id: "ndcg" | "recall" | "hitRate" | "coverage";
  /** Its name in a table. */
  readonly name: string;
  /** What it says, as a sentence. */
  readonly meaning: string;
  /** The figure for people. */
  readonly text: (quality: ModelQuality) => string;
  /** The standard error, in the unit of the figure; absent where none is known. */
  readonly errorOf?: (quality: ModelQuality) => number;
}

const percent = (value: number) => `${(value * 100).toFixed(1)} %`;

/** The measures of an evaluation, of lists of ten. */
export const qualityMetrics: readonly [QualityMetric, ...QualityMetric[]] = [
  {
    id: "ndcg",
    name: "NDCG",
    meaning: "How many of the held-out likes are among the first ten, and how far up: 1 would be perfect.",
    text: ({ ndcg }) => ndcg.toFixed(3),
    errorOf: ({ ndcgError }) => ndcgError,
  },
  {
    id: "recall",
    name: "Recall",
    meaning: "The share of the held-out likes that are among the first ten.",
    text: ({ recall }) => percent(recall),
  },
  {
    id: "hitRate",
    name: "Hit rate",
    meaning: "The share of readers with at least one of their held-out likes among the first ten.",
    text: ({ hitRate }) => percent(hitRate),
  },
  {
    id: "coverage",
    name: "Coverage",
    meaning:
      "The share of all books that are in someone's first ten. More is not always better: picking at random reaches all of them.",
    text: ({ coverage }) => percent(coverage),
  },
];
