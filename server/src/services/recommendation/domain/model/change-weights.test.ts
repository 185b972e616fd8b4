import fc from "fast-check";
import { expect, it } from "vitest";
import { changeWeights } from "./change-weights.ts";
import { createWeightsBuilder, type ItemWeights } from "./item-weights.ts";

const SIZE = 5;

/** What speaks for each target, by source. */
type Table = readonly (readonly number[])[];

const table: fc.Arbitrary<Table> = fc.array(
  fc.array(fc.constantFrom(0, 0, 0.25, -1, 2), { minLength: SIZE, maxLength: SIZE }),
  { minLength: SIZE, maxLength: SIZE },
);

function weightsOf(rows: Table): ItemWeights {
  const builder = createWeightsBuilder(SIZE, SIZE, 1e-9);
  rows.forEach((row, target) => {
    builder.set(target, Uint32Array.from(row.keys()), Float64Array.from(row));
  });
  return builder.build();
}

it("adds what is to be added to each weight, and leaves out what comes to nothing", () => {
  fc.assert(
    fc.property(table, table, (before, added) => {
      const changes = added.flatMap((row, target) => {
        const sources = Uint32Array.from(row.keys()).filter((source) => row[source] !== 0);
        return [{ target, sources, added: Float64Array.from(sources, (source) => row[source] ?? 0) }];
      });
      const sum = before.map((row, target) => row.map((weight, source) => weight + (added[target]?.[source] ?? 0)));
      expect(changeWeights(weightsOf(before), changes)).toEqual(weightsOf(sum));
    }),
  );
});
