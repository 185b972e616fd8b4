import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { exactRoot, integerRoot } from "./integer-root.ts";

const value = fc.oneof(fc.bigInt({ min: 1n, max: 1_000n }), fc.bigInt({ min: 1n, max: 2n ** 3_000n }));
const degree = fc.integer({ min: 1, max: 40 });

describe("integerRoot", () => {
  it("is the largest number whose power is not above the value", () => {
    fc.assert(
      fc.property(value, degree, (n, k) => {
        const root = integerRoot(n, k);
        expect(root ** BigInt(k) <= n && (root + 1n) ** BigInt(k) > n).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("exactRoot", () => {
  it("undoes a power, and finds nothing beside it", () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 2n, max: 2n ** 200n }), fc.integer({ min: 2, max: 20 }), (root, k) => {
        expect(exactRoot(root ** BigInt(k), k)).toBe(root);
        expect(exactRoot(root ** BigInt(k) + 1n, k)).toBeUndefined();
      }),
    );
  });
});
