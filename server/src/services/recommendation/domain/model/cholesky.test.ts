import fc from "fast-check";
import { expect, it } from "vitest";
import { solveCholesky } from "./cholesky.ts";
import { solveByElimination } from "./testing/naive-models.ts";

/** Symmetric positive definite: `F Fᵀ + I` of a square of numbers, and a right side. */
const systems = fc.integer({ min: 1, max: 14 }).chain((size) =>
  fc.record({
    factor: fc.array(fc.array(fc.integer({ min: -5, max: 5 }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
    right: fc.array(fc.integer({ min: -20, max: 20 }), { minLength: size, maxLength: size }),
  }),
);

it("solves a system of two equations by hand", () => {
  const vector = new Float64Array([8, 7]);
  solveCholesky(new Float64Array([4, 2, 5]), vector, 2);
  expect([...vector]).toEqual([1.625, 0.75]);
});

it("solves what elimination solves, in sizes from 1 to 14", () => {
  fc.assert(
    fc.property(systems, ({ factor, right }) => {
      const dot = (a: readonly number[], b: readonly number[]) =>
        a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);
      const dense = factor.map((a, row) => factor.map((b, column) => dot(a, b) + (row === column ? 1 : 0)));
      const vector = Float64Array.from(right);
      solveCholesky(Float64Array.from(dense.flatMap((row, index) => row.slice(0, index + 1))), vector, right.length);
      const expected = solveByElimination(dense.map((row, index) => [...row, right[index] ?? 0]));
      expected.forEach((value, index) => {
        expect(vector[index]).toBeCloseTo(value, 7);
      });
    }),
  );
});

it("leaves what is behind the system alone", () => {
  const vector = new Float64Array([6, 99]);
  solveCholesky(new Float64Array([3, 0, 0]), vector, 1);
  expect(vector[0]).toBeCloseTo(2, 14);
  expect(vector[1]).toBe(99);
});

it.each([
  ["indefinite", [1, 2, 1]],
  ["singular", [1, 1, 1]],
])("gives no finite number where the matrix is %s", (_, matrix) => {
  const vector = Float64Array.of(1, 3);
  solveCholesky(Float64Array.from(matrix), vector, 2);
  expect([...vector].filter(Number.isFinite)).toEqual([]);
});
