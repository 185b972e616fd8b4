import { expect, it } from "vitest";
import { TokenBucket } from "./token-bucket.ts";

it("gives as many as fit at once, and then as many a second", () => {
  let now = 0;
  const bucket = new TokenBucket(3, 2, () => now);
  const takeAll = () => {
    let taken = 0;
    while (bucket.take(1)) taken += 1;
    return taken;
  };
  expect(takeAll()).toBe(3);
  now = 1_000;
  expect(takeAll()).toBe(2);
  now = 1_500;
  expect(takeAll()).toBe(1);
  now = 1_000_000;
  expect(takeAll()).toBe(3);
  bucket.give(2);
  expect(takeAll()).toBe(2);
});

it("has no more for being given on and on than fit at once", () => {
  const bucket = new TokenBucket(3, 0, () => 0);
  for (let times = 0; times < 10; times++) bucket.give(1);
  expect([1, 2, 3, 4].map(() => bucket.take(1))).toEqual([true, true, true, false]);
});
