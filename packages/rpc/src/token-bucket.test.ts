import { expect, it } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

it("gives as many as fit at once, and then as many a second", () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
  const takeAll = (now: number) => {
    let taken = 0;
    while (bucket.take(1, now) === 0) taken += 1;
    return taken;
  };
  expect(takeAll(0)).toBe(3);
  expect(takeAll(1_000)).toBe(2);
  expect(takeAll(1_500)).toBe(1);
  expect(takeAll(1_000_000)).toBe(3);
  bucket.give(2);
  expect(takeAll(1_000_000)).toBe(2);
});

it("says in how many milliseconds there are as many as are wanted, and takes none until then", () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
  expect(bucket.take(2, 0)).toBe(0);
  expect(bucket.take(2, 0)).toBe(500);
  expect(bucket.wait(1, 0)).toBe(0);
  expect(bucket.take(2, 500)).toBe(0);
});

it("gives without the time what was there when it was last filled, and no more", () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 2 }, 0);
  expect([1, 2, 1].map((amount) => bucket.takeKept(amount))).toEqual([true, true, false]);
  expect(bucket.take(1, 500)).toBe(0);
});

it("has no more for being given on and on than fit at once", () => {
  const bucket = new TokenBucket({ burst: 3, perSecond: 0 }, 0);
  for (let times = 0; times < 10; times++) bucket.give(1);
  expect([1, 2, 3, 4].map(() => bucket.takeKept(1))).toEqual([true, true, true, false]);
});
