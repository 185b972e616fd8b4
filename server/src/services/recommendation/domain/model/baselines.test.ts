import { expect, it } from "vitest";
import { createInteractions } from "./interactions.ts";
import { createMostPopular } from "./popularity.ts";
import { profileOfLikes } from "./profile.ts";
import { createRandom, createRandomModel } from "./random.ts";
import type { RankingModel } from "./ranking-model.ts";

function scoresOf(model: RankingModel, ...liked: number[]): number[] {
  const scores = new Float64Array(3);
  model.score(profileOfLikes(Uint32Array.from(liked)), scores);
  return [...scores];
}

it("most popular scores by the share of readers, the same for everyone", () => {
  const model = createMostPopular(
    createInteractions([
      [1, 10],
      [2, 10],
      [3, 10],
      [4, 20],
      [1, 20],
      [2, 30],
    ]),
  );
  expect(scoresOf(model)).toEqual([0.75, 0.5, 0.25]);
  expect(scoresOf(model, 0, 2)).toEqual([0.75, 0.5, 0.25]);
});

it("random scores are the same for a seed, other for another, and other for the next reader", () => {
  const model = createRandomModel(createRandom(5), 3);
  const first = scoresOf(model);
  expect(scoresOf(createRandomModel(createRandom(5), 3))).toEqual(first);
  expect(scoresOf(createRandomModel(createRandom(6), 3))).not.toEqual(first);
  expect(scoresOf(model)).not.toEqual(first);
});

it("random numbers spread evenly from 0 to below 1", () => {
  const random = createRandom(1);
  const tenths = new Array<number>(10).fill(0);
  for (let index = 0; index < 10_000; index++) {
    const tenth = Math.floor(random() * 10);
    tenths[tenth] = (tenths[tenth] ?? 0) + 1;
  }
  expect(Math.min(...tenths)).toBeGreaterThan(900);
  expect(Math.max(...tenths)).toBeLessThan(1100);
});
