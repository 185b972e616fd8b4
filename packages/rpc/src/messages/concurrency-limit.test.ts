import { setImmediate as turn } from "node:timers/promises";
import { expect, it } from "vitest";
import { createConcurrencyLimit } from "./concurrency-limit.ts";

const TASKS = Array.from({ length: 20 }, (_, index) => index);

it("runs few tasks at a time, in their order, also when one of them fails", async () => {
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const limited = createConcurrencyLimit(4);
  const results = await Promise.allSettled(
    TASKS.map((task) =>
      limited(async () => {
        begun.push(task);
        running += 1;
        most = Math.max(most, running);
        await turn();
        running -= 1;
        if (task === 1) throw new Error("failed");
      }),
    ),
  );
  expect(most).toBe(4);
  expect(begun).toEqual(TASKS);
  expect(results.map(({ status }) => status === "fulfilled")).toEqual(TASKS.map((task) => task !== 1));
});
