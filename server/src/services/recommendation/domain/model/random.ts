import { createScoringModel, type RankingModel } from "./ranking-model.ts";

/** A source of numbers from 0 to below 1. */
export type Random = () => number;

/** A small deterministic source (a 32-bit mixing generator): the same seed gives the same numbers on every machine. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 0x1_0000_0000;
  };
}

/** The baseline of baselines: scores this many books by chance. */
export function createRandomModel(random: Random, size: number): RankingModel {
  return createScoringModel(size, (_profile, scores) => {
    for (let book = 0; book < size; book++) scores[book] = random();
  });
}
