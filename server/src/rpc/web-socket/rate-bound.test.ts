import { expect, it } from "vitest";
import { RateBound } from "./rate-bound.ts";

it("takes a burst, then so many a second, and no more than the burst after a rest", () => {
  let time = 0;
  const bound = new RateBound({ burst: 3, perSecond: 2, now: () => time });
  const takes = (count: number) => Array.from({ length: count }, () => bound.take());
  expect(takes(4)).toEqual([true, true, true, false]);
  time += 499;
  expect(takes(1)).toEqual([false]);
  time += 1;
  expect(takes(2)).toEqual([true, false]);
  time += 60_000;
  expect(takes(4)).toEqual([true, true, true, false]);
});
