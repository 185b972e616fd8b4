import fc from "fast-check";
import { expect, it } from "vitest";
import { createPairRows } from "./pair-rows.ts";

const SIZE = 12;

it("each pair is found, by either book first, whether its row is dense or sparse, and 0 for others", () => {
  const arbitraryPairs = fc.uniqueArray(
    fc.tuple(fc.nat({ max: SIZE - 1 }), fc.nat({ max: SIZE - 1 })).filter(([high, low]) => low < high),
    { selector: ([high, low]) => high * SIZE + low },
  );
  fc.assert(
    fc.property(arbitraryPairs, fc.constantFrom(0, 1, 5, 100), (pairs, dense) => {
      const rows = createPairRows(SIZE, { dense });
      for (let rank = 0; rank < SIZE; rank++) {
        const row = rows.start(rank);
        const own = pairs.filter(([high]) => high === rank);
        own.forEach(([high, low], place) => {
          row.add(place, low, high * SIZE + low);
        });
        row.end();
      }
      const known = new Set(pairs.map(([high, low]) => high * SIZE + low));
      for (let high = 0; high < SIZE; high++) {
        for (let low = 0; low < high; low++) {
          const expected = known.has(high * SIZE + low) ? high * SIZE + low : 0;
          expect([rows.get(high, low), rows.get(low, high)]).toEqual([expected, expected]);
        }
      }
    }),
  );
});

it("a row that there is no room for is not kept, but where it is dense", () => {
  const keep = (rows: ReturnType<typeof createPairRows>, rank: number, length: number) => {
    const row = rows.start(rank);
    for (let other = 0; other < length; other++) row.add(other, other, 1);
    return row.end();
  };
  const rows = createPairRows(SIZE, { dense: 4, most: 5 });
  expect([keep(rows, 3, 3), keep(rows, 4, 4), keep(rows, 5, 1), keep(rows, 6, 1)]).toEqual([true, true, true, false]);
});
