import { expect, it } from "vitest";
import { createCountsOnDemand } from "./counts-on-demand.ts";
import { createInteractions } from "./interactions.ts";
import { countableLikes, rankLikes } from "./ranked-likes.ts";

it("counts a book again once when it is asked for, however often it was to be forgotten", () => {
  const interactions = createInteractions([
    [1, 6],
    [1, 11],
    [2, 6],
    [2, 11],
    [3, 16],
  ]);
  const ranked = rankLikes(interactions, 2_000);
  const counted = countableLikes(ranked, Float64Array.of(1, 2, 4));
  let asked = 0;
  const likes = {
    ...counted,
    get weights() {
      asked++;
      return counted.weights;
    },
  };
  const counts = createCountsOnDemand(likes, ranked);
  counts.row(0);
  counted.weights[1] = 5;
  asked = 0;
  for (let times = 0; times < 100; times++) for (let rank = 0; rank < 3; rank++) counts.forget(rank);
  expect(asked).toBe(0);
  expect([...counts.row(0).counts]).toEqual([6]);
  expect([counts.totals[0], counts.totals[1]]).toEqual([6, 6]);
  // The row, and the total of each of the two books in it.
  expect(asked).toBe(3);
});
