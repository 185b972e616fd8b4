import fc from "fast-check";
import { expect, it } from "vitest";
import { adjacentLists, createGrowingLists } from "./row-lists.ts";

const list = fc.array(fc.nat({ max: 9 }), { maxLength: 6 });

it("holds what was put into each row last, however often rows are replaced and added", () => {
  const changes = fc.array(fc.tuple(fc.nat({ max: 20 }), list), { maxLength: 80 });
  fc.assert(
    fc.property(fc.array(list, { maxLength: 5 }), changes, (rows, replacements) => {
      const expected = rows.map((row) => [...row]);
      const starts = Uint32Array.from([0, ...rows].keys(), (index) => rows.slice(0, index).flat().length);
      const lists = createGrowingLists(adjacentLists(starts, Uint32Array.from(rows.flat())));
      for (const [at, row] of replacements) {
        const index = Math.min(at, expected.length);
        expected[index] = row;
        lists.replace(index, Uint32Array.from(row));
      }
      expect(expected.map((_, index) => [...lists.row(index)])).toEqual(expected);
      expect([...lists.row(expected.length)]).toEqual([]);
    }),
  );
});

it("takes room in proportion to what it holds", () => {
  const lists = createGrowingLists(adjacentLists(Uint32Array.of(0, 0), new Uint32Array()));
  for (let length = 1; length <= 2_000; length++) lists.replace(0, new Uint32Array(length));
  expect(lists.values.length).toBeLessThan(5 * 2_000);
});
