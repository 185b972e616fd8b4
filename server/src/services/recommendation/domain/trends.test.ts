import fc from "fast-check";
import { expect, it } from "vitest";
import { decayed, LEAST_TREND } from "./reader-events.ts";
import { createTrends, type Trend } from "./trends.ts";

const HOUR = 60 * 60 * 1_000;
const START = 1_000_000 * HOUR;

const arbitrarySteps = fc.array(
  fc.record({
    bookId: fc.integer({ min: 1, max: 6 }),
    // None is half of another, so that no two are as good as each other but for their last bits.
    score: fc.constantFrom(1, 3, 5, 7.25),
    hoursLater: fc.constantFrom(0, 1, 24, 100, 900),
  }),
  { maxLength: 20 },
);

it("has the order that sorting all of them each time has", () => {
  fc.assert(
    fc.property(arbitrarySteps, (steps) => {
      const trends = createTrends();
      const all = new Map<number, Trend>();
      let time = START;
      for (const { bookId, score, hoursLater } of steps) {
        const trend = { score, time };
        all.set(bookId, trend);
        trends.set(bookId, trend);
        time += hoursLater * HOUR;
        const sorted = Array.from(all, ([id, one]) => ({ bookId: id, score: decayed(one.score, time - one.time) }))
          .filter((one) => one.score >= LEAST_TREND)
          .sort((a, b) => b.score - a.score || a.bookId - b.bookId);
        expect([...trends.at(time)]).toEqual(sorted);
      }
    }),
  );
});
