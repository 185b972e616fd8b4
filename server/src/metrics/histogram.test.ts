import { expect, it, vi } from "vitest";
import { histogramSamples } from "./family.ts";
import { Histogram } from "./histogram.ts";

function histogramOf(...values: readonly number[]): Histogram {
  const histogram = new Histogram([1, 2, 5]);
  for (const value of values) histogram.observe(value);
  return histogram;
}

it("counts a value in the first range that it is not above", () => {
  const histogram = histogramOf(0.5, 1, 1.5, 5, 6);
  expect([1, 2, 5, Number.POSITIVE_INFINITY].map((bound) => histogram.upTo(bound).count)).toEqual([2, 3, 4, 5]);
  expect(histogram).toMatchObject({ sum: 14, count: 5 });
});

it("adds what another has counted", () => {
  const histogram = histogramOf(0.5, 3);
  histogram.add(histogramOf(0.5, 9));
  expect([1, 2, 5].map((bound) => histogram.upTo(bound).count)).toEqual([2, 2, 3]);
  expect(histogram).toMatchObject({ sum: 13, count: 4 });
});

it("shows coarser ranges than it counts in", () => {
  expect(histogramSamples("a", [2], { of: "x" }, histogramOf(0.5, 1.5, 3))).toEqual([
    { labels: { of: "x", le: 2 }, metricName: "a_bucket", value: 2 },
    { labels: { of: "x", le: "+Inf" }, metricName: "a_bucket", value: 3 },
    { labels: { of: "x" }, metricName: "a_sum", value: 5 },
    { labels: { of: "x" }, metricName: "a_count", value: 3 },
  ]);
});

it("keeps the newest trace of each range", () => {
  vi.useFakeTimers({ now: 1_000 });
  const histogram = new Histogram([1, 2]);
  histogram.observe(0.5, "first");
  vi.setSystemTime(2_000);
  histogram.observe(0.6, "second");
  histogram.observe(1.5, "third");
  histogram.observe(0.7);
  vi.useRealTimers();
  expect(histogram.upTo(1).exemplar).toEqual({ traceId: "second", value: 0.6, time: 2_000 });
  expect(histogram.upTo(2, 1).exemplar).toEqual({ traceId: "third", value: 1.5, time: 2_000 });
  expect(histogram.upTo(Number.POSITIVE_INFINITY, 2).exemplar).toBeUndefined();
});
