import { expect, it } from "vitest";
import { nextTask } from "../call/next-task.ts";
import { inSlices } from "./in-slices.ts";

it("takes each in order, and lets others have their turn when a slice has taken its time", async () => {
  let clock = 0;
  const seen: (number | string)[] = [];
  void nextTask().then(() => seen.push("other"));
  const done = inSlices(
    [1, 2, 3],
    (item) => {
      seen.push(item);
      clock += 10;
    },
    new AbortController().signal,
    () => clock,
  );
  expect(await done).toBe(true);
  expect(seen).toEqual([1, "other", 2, 3]);
});

it("ends early where nobody wants it any more", async () => {
  const left = new AbortController();
  const seen: number[] = [];
  const each = (item: number) => {
    seen.push(item);
    left.abort();
  };
  expect(await inSlices([1, 2], each, left.signal)).toBe(false);
  expect(seen).toEqual([1]);
});
