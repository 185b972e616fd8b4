import { expect, it } from "vitest";
import { createWeightsBuilder } from "./item-weights.ts";

it("weights that are no finite numbers are left out, like those that say too little", () => {
  const builder = createWeightsBuilder(4, 4, 0.1);
  builder.set(1, Uint32Array.of(0, 1, 2, 3), Float64Array.of(Number.NaN, Number.NEGATIVE_INFINITY, 0.05, -0.5));
  expect(builder.build()).toEqual({
    starts: Uint32Array.of(0, 0, 0, 0, 1),
    targets: Uint32Array.of(1),
    weights: Float32Array.of(-0.5),
  });
});
