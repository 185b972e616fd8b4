import fc from "fast-check";
import { expect, it } from "vitest";
import { greetingUpdate, positionUpdate } from "./fake-greeter.ts";
import { addToWall, type GreetingWall, unknownWall, wallLimit } from "./greeting-wall.ts";

function sequences({ greetings }: GreetingWall): number[] {
  return greetings.map(({ sequence }) => Number(sequence));
}

it("keeps the latest greetings in the order of their numbers", () => {
  const updates = Array.from({ length: wallLimit + 5 }, (_, index) => greetingUpdate(index + 1));
  const wall = addToWall(unknownWall, updates);
  expect(wall.greetings).toHaveLength(wallLimit);
  expect(sequences(wall).at(0)).toBe(6);
  expect(sequences(wall).at(-1)).toBe(wallLimit + 5);
});

it("never holds a greeting twice, however the batches overlap", () => {
  const batches = fc.array(fc.tuple(fc.nat({ max: 30 }), fc.nat({ max: 10 })));
  fc.assert(
    fc.property(batches, (spans) => {
      let wall = unknownWall;
      for (const [from, length] of spans) {
        const batch = Array.from({ length }, (_, index) => greetingUpdate(from + index + 1));
        wall = addToWall(wall, batch);
      }
      const numbers = sequences(wall);
      expect(numbers).toEqual([...new Set(numbers)].toSorted((a, b) => a - b));
    }),
  );
});

it("is blank only when the server says that it keeps nothing", () => {
  expect(unknownWall.blank).toBe(false);
  expect(addToWall(unknownWall, [positionUpdate(0, 0)]).blank).toBe(true);
  expect(addToWall(unknownWall, [positionUpdate(4, 1)]).blank).toBe(false);
  expect(addToWall(addToWall(unknownWall, [positionUpdate(0, 0)]), [greetingUpdate(1)]).blank).toBe(false);
});

it("is crowded by many at once and by many in a short time, and calm again afterwards", () => {
  const atOnce = addToWall(
    unknownWall,
    [1, 2, 3, 4].map((number) => greetingUpdate(number, { at: number * 60_000 })),
  );
  expect(atOnce.crowded).toBe(true);
  const calm = addToWall(atOnce, [greetingUpdate(5, { at: 300_000 })]);
  expect(calm.crowded).toBe(false);
  let wall = calm;
  for (let number = 6; number < 14; number++) wall = addToWall(wall, [greetingUpdate(number, { at: 400_000 })]);
  expect(wall.crowded).toBe(true);
});

it("a heartbeat changes nothing about the crowd", () => {
  const crowded = addToWall(
    unknownWall,
    [1, 2, 3, 4].map((number) => greetingUpdate(number)),
  );
  expect(addToWall(crowded, [positionUpdate(4, 1)]).crowded).toBe(true);
});
