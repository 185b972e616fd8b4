import { expect, it } from "vitest";
import { durationsOf, quantile } from "./durations.ts";

const buckets = [
  { bound: 0.1, count: 50 },
  { bound: 0.5, count: 90 },
  { bound: 1, count: 100 },
  { bound: Number.POSITIVE_INFINITY, count: 100 },
];

it.each([
  [0.25, 0.05],
  [0.5, 0.1],
  [0.7, 0.3],
  [0.95, 0.75],
  [1, 1],
])("has a share of %f at %f, spread evenly within its range", (share, value) => {
  expect(quantile(buckets, share)).toBeCloseTo(value, 9);
});

it("takes what is above the last bound to be at it", () => {
  const above = [
    { bound: 1, count: 0 },
    { bound: Number.POSITIVE_INFINITY, count: 5 },
  ];
  expect(quantile(above, 0.5)).toBe(1);
});

it("says nothing of what was not done", () => {
  expect(durationsOf([{ bound: Number.POSITIVE_INFINITY, count: 0 }])).toEqual({
    ...{ count: 0, p50Seconds: 0, p95Seconds: 0, p99Seconds: 0 },
  });
  expect(durationsOf([]).count).toBe(0);
});
