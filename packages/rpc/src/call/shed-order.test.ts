import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ShedCandidate, ShedOrder } from "./shed-order.ts";

const order = new ShedOrder([10, 5, 3, 2, 1, 0]);
const levels = Array.from({ length: order.highest + 1 }, (_, level) => level);

const quiet: ShedCandidate = { cost: 1, streams: false, use: 0, meanUse: 4, isSecond: false };

/** From which level on a call is shed. */
const firstLevelOf = (call: Partial<ShedCandidate>, among = order) =>
  levels.find((level) => among.sheds(level, { ...quiet, ...call }));

const candidates = fc.record({
  cost: fc.constantFrom(0, 1, 2, 3, 5, 10, 100),
  streams: fc.boolean(),
  use: fc.nat(20),
  meanUse: fc.nat(20),
  isSecond: fc.boolean(),
});

describe("ShedOrder", () => {
  it("sheds unary calls by what they cost, the most first", () => {
    expect([10, 5, 3, 2, 1].map((cost) => firstLevelOf({ cost }))).toEqual([1, 2, 3, 4, 8]);
  });

  it("then those of callers who have used most, then every second call, then all", () => {
    const calls = [{ use: 9 }, { use: 8 }, { use: 5 }, { use: 4, isSecond: true }, { use: 4 }];
    expect(calls.map((call) => firstLevelOf(call))).toEqual([5, 6, 6, 7, 8]);
  });

  it("sheds new streams last, whatever they cost", () => {
    expect([1, 10].map((cost) => firstLevelOf({ cost, streams: true, use: 100 }))).toEqual([9, 9]);
  });

  it("sheds nothing for its cost where all calls cost the same", () => {
    const even = new ShedOrder([1, 1]);
    expect(firstLevelOf({ use: 9 }, even)).toBe(1);
    expect(firstLevelOf({}, even)).toBe(4);
  });

  it("sheds nothing at level 0, and never what costs nothing", () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom(...levels), (call, level) => {
        expect(order.sheds(0, call)).toBe(false);
        expect(order.sheds(level, { ...call, cost: 0 })).toBe(false);
      }),
    );
  });

  it("sheds at each level all that it sheds below, and at the highest all that costs anything", () => {
    fc.assert(
      fc.property(candidates, (call) => {
        const shed = levels.map((level) => order.sheds(level, call));
        expect(shed).toEqual([...shed].sort((a, b) => Number(a) - Number(b)));
        expect(shed.at(-1)).toBe(call.cost > 0);
      }),
    );
  });

  it("sheds no call before one that costs more, or whose caller has used more", () => {
    fc.assert(
      fc.property(candidates, fc.nat(10), fc.nat(10), fc.constantFrom(...levels), (call, cost, use, level) => {
        const heavier = { ...call, cost: call.cost + cost, use: call.use + use };
        expect(Number(order.sheds(level, heavier))).toBeGreaterThanOrEqual(Number(order.sheds(level, call)));
      }),
    );
  });
});
