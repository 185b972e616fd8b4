import { expect, it } from "vitest";
import { CallerUse } from "./caller-use.ts";

it("says what callers have used, and on average, less and less with time", () => {
  const use = new CallerUse();
  use.age(5_000);
  use.add("a", 9);
  use.add("b", 2);
  use.add("b", 1);
  expect([use.of("a"), use.of("b"), use.of("c"), use.mean]).toEqual([9, 3, 0, 6]);
  use.age(5_999);
  expect(use.mean).toBe(6);
  use.age(6_000);
  expect([use.of("a"), use.of("b"), use.mean]).toEqual([4.5, 1.5, 3]);
});

it("forgets who has used next to nothing, and knows a bounded number of callers", () => {
  const use = new CallerUse();
  for (let caller = 0; caller < 5_000; caller += 1) use.add(String(caller), 0.5);
  expect([use.of("999"), use.of("1000"), use.mean]).toEqual([0.5, 0, 0.5]);
  use.age(1_000);
  expect([use.of("999"), use.mean]).toEqual([0, 0]);
  use.add("1000", 1);
  use.clear();
  expect([use.of("1000"), use.mean]).toEqual([0, 0]);
});
