import { expect, it } from "vitest";
import type { WriteContext } from "./commit-queue.ts";
import { useDatabase } from "./testing/use-database.ts";

const used = useDatabase();

it("at most 256 jobs share a transaction", async () => {
  const jobs = new Map<WriteContext, number>();
  const count = (context: WriteContext) => {
    jobs.set(context, (jobs.get(context) ?? 0) + 1);
  };
  await Promise.all(Array.from({ length: 600 }, () => used.database.write(count)));
  expect(Math.max(...jobs.values())).toBe(256);
});

it("keeps 256 prepared statements and no more", () => {
  const statement = (number: number) => used.database.prepare(`select ${number}`);
  // Whatever was prepared before: these are the latest.
  for (let number = 0; number < 600; number++) statement(number);
  const first = statement(1_000);
  let kept = 0;
  while (statement(1_000) === first) {
    statement(1_001 + kept);
    kept += 1;
    expect(kept).toBeLessThanOrEqual(256);
  }
});
