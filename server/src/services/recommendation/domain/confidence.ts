/** A number and its 95 % confidence interval. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** How many of how many. */
export interface Count {
  readonly hits: number;
  readonly of: number;
}

/** Of the normal distribution, for 95 %. */
const Z = 1.959_963_984_540_054;

/** The share with Wilson's interval: within 0 to 1, also for few and for none. Of nothing it is 0, and may be anything. */
export function estimateShare({ hits, of }: Count): Estimate {
  if (of === 0) return { value: 0, low: 0, high: 1 };
  const value = hits / of;
  const middle = value + (Z * Z) / (2 * of);
  const reach = Z * Math.sqrt((value * (1 - value)) / of + (Z * Z) / (4 * of * of));
  const scale = 1 + (Z * Z) / of;
  return {
    value,
    // Rounding must not leave out what was counted.
    low: hits === 0 ? 0 : (middle - reach) / scale,
    high: hits === of ? 1 : (middle + reach) / scale,
  };
}

/**
 * The share of the second less that of the first, with the interval that Newcombe made of Wilson's two ("Interval estimation for the difference
 * between independent proportions", 1998, method 10). Where either is of nothing, it is 0 and may be anything from -1 to 1.
 */
export function estimateDifference(first: Count, second: Count): Estimate {
  if (first.of === 0 || second.of === 0) return { value: 0, low: -1, high: 1 };
  const [a, b] = [estimateShare(first), estimateShare(second)];
  const value = b.value - a.value;
  return {
    value,
    low: value - Math.hypot(b.value - b.low, a.high - a.value),
    high: value + Math.hypot(b.high - b.value, a.value - a.low),
  };
}
