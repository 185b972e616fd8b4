import { expect, it } from "vitest";
import { newTraceId } from "./recorded-span.ts";
import { createSampler } from "./sampler.ts";

const ids = Array.from({ length: 2_000 }, newTraceId);

it.each([0, 0.25, 1])("keeps a share of %d of the traces, by their ids alone", (ratio) => {
  const sampler = createSampler({ sampler: "traceidratio", ratio });
  const kept = ids.filter((id) => sampler(id, undefined));
  expect(Math.abs(kept.length / ids.length - ratio)).toBeLessThan(0.06);
  expect(ids.filter((id) => sampler(id, false))).toEqual(kept);
});

it("goes by the parent where it is told to and there is one", () => {
  const sampler = createSampler({ sampler: "parentbased_traceidratio", ratio: 0 });
  expect([undefined, true, false].map((parent) => sampler(newTraceId(), parent))).toEqual([false, true, false]);
});
