import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTail } from "./tail.ts";

const time = new Date(0);

describe("a tail", () => {
  it("gives the events after any sequence number it reaches back to, and never more than twice its bounds", () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 60 }),
        fc.nat({ max: 60 }),
        fc.integer({ min: 1, max: 10 }),
        (sizes, sequence, limit) => {
          const tail = createTail<number>({ events: 8, size: 100 });
          sizes.forEach((size, index) => {
            tail.push({ kind: "event", sequence: index + 1, time, event: size }, size);
          });
          const wanted = sizes.slice(sequence, sequence + limit);
          const given = tail.after(sequence, limit)?.map(({ event }) => event);
          expect([undefined, wanted]).toContainEqual(given);
          const all = tail.after(Math.max(0, sizes.length - 16), 100)?.map(({ event }) => event) ?? [];
          expect(all.length).toBeLessThanOrEqual(16);
          expect(all.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(200);
        },
      ),
    );
  });

  it("still has the latest events after many", () => {
    const tail = createTail<number>({ events: 8, size: 1_000 });
    for (let sequence = 1; sequence <= 1_000; sequence++)
      tail.push({ kind: "event", sequence, time, event: sequence }, 1);
    expect(tail.after(995, 10)?.map(({ event }) => event)).toEqual([996, 997, 998, 999, 1_000]);
  });

  it("starts anew with an event that is not the next, so that what lies between is read from the log", () => {
    const tail = createTail<number>({ events: 8, size: 1_000 });
    for (const sequence of [1, 2, 5, 6]) tail.push({ kind: "event", sequence, time, event: sequence }, 1);
    expect(tail.after(2, 10)).toBeUndefined();
    expect(tail.after(4, 10)?.map(({ event }) => event)).toEqual([5, 6]);
  });

  it("does not reach back to what went, so that the log is read instead", () => {
    const tail = createTail<number>({ events: 8, size: 1_000 });
    for (let sequence = 1; sequence <= 100; sequence++)
      tail.push({ kind: "event", sequence, time, event: sequence }, 1);
    expect(tail.after(50, 10)).toBeUndefined();
  });
});

it.each([
  ["events", { events: 4, size: 100 }, 4],
  ["size", { events: 1_000, size: 100 }, 10],
])("always reaches back as far as its bound of %s lets it, however many have gone", (_what, bounds, kept) => {
  const tail = createTail<number>(bounds);
  for (let sequence = 1; sequence <= 500; sequence++) {
    tail.push({ kind: "event", sequence, time: new Date(0), event: sequence }, 10);
    const first = Math.max(1, sequence - kept + 1);
    expect(tail.after(first - 1, 1)?.[0]?.sequence).toBe(first);
  }
});
