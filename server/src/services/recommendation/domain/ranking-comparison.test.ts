import { expect, it } from "vitest";
import { COMPARED_RANKINGS, rankingOf } from "./ranking-comparison.ts";

const [usual] = COMPARED_RANKINGS;

it.each([1, 2, 1_024])("gives half of the readers each ranking, where their numbers are %d apart", (step) => {
  const size = 20_000;
  const withUsual = Array.from({ length: size }, (_, index) => rankingOf(1 + index * step)).filter(
    (one) => one === usual,
  );
  // Three standard errors of a fair coin.
  expect(Math.abs(withUsual.length - size / 2)).toBeLessThan(1.5 * Math.sqrt(size));
});

it("gives a reader the same one in every version", () => {
  const ids = [1, 2, 3, 4, 5, 6, 7, 2_147_483_647].map((userId) => rankingOf(userId).id.slice(0, 3));
  expect(ids.join(" ")).toBe("two thr two two two thr thr thr");
});
