import fc from "fast-check";
import { expect, it } from "vitest";
import { createPairBatch } from "./pair-batch.ts";

const triples = fc.tuple(
  fc.integer({ min: 1, max: 0x7fff_ffff }),
  fc.integer({ min: 0, max: (1 << 19) - 1 }),
  fc.integer({ min: 0, max: 5 }),
);

it("gives back what was added, by reader, book and stars, and is empty then", () => {
  const batch = createPairBatch();
  fc.assert(
    fc.property(fc.array(triples, { maxLength: 200 }), (added) => {
      for (const triple of added) batch.add(...triple);
      expect(batch.length).toBe(added.length);
      const given: number[][] = [];
      batch.drain((...triple) => given.push(triple));
      expect(given).toEqual(added.toSorted((a, b) => a[0] - b[0] || a[1] - b[1] || a[2] - b[2]));
      expect(batch.length).toBe(0);
    }),
  );
});

it("grows as far as it has to", () => {
  const batch = createPairBatch();
  for (let reader = 200_000; reader > 0; reader--) batch.add(reader, 7, 5);
  const readers: number[] = [];
  batch.drain((reader) => readers.push(reader));
  expect(readers).toEqual(Array.from({ length: 200_000 }, (_, index) => index + 1));
});
