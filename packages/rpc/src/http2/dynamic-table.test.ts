import { reachableFrom } from "@triptych/testkit/leftovers/reachable.ts";
import fc from "fast-check";
import { expect, it } from "vitest";
import { DynamicTable } from "./dynamic-table.ts";
import { HeaderField } from "./header-field.ts";

/** A table as RFC 7541, section 4, describes it, newest entry first. */
class PlainTable {
  entries: HeaderField[] = [];
  maxSize: number;
  constructor(maxSize: number) {
    this.maxSize = maxSize;
  }

  evict(): void {
    while (this.entries.reduce((sum, { size }) => sum + size, 0) > this.maxSize) this.entries.pop();
  }

  add(field: HeaderField): void {
    this.entries.unshift(field);
    this.evict();
  }

  resize(maxSize: number): void {
    this.maxSize = maxSize;
    this.evict();
  }
}

const byName = (a: HeaderField, b: HeaderField) => Number(a.name) - Number(b.name);

it("holds what the RFC says, and nothing else, whatever is added and however its size changes", () => {
  const step = fc.oneof(
    { weight: 5, arbitrary: fc.record({ add: fc.integer({ min: 0, max: 300 }) }) },
    { weight: 1, arbitrary: fc.record({ resize: fc.integer({ min: 0, max: 2_000 }) }) },
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const table = new DynamicTable(1_000);
      const plain = new PlainTable(1_000);
      for (const [index, each] of steps.entries()) {
        if ("add" in each) {
          const field = new HeaderField(String(index), "v".repeat(each.add));
          table.add(field);
          plain.add(field);
        } else {
          table.resize(each.resize);
          plain.resize(each.resize);
        }
        expect(table.count).toBe(plain.entries.length);
        expect(Array.from({ length: table.count }, (_, at) => table.at(at))).toEqual(plain.entries);
        expect(table.at(table.count)).toBeUndefined();
      }
      const held = [...reachableFrom(table)].filter((each) => each instanceof HeaderField);
      expect(held.toSorted(byName)).toEqual(plain.entries.toSorted(byName));
    }),
  );
});
