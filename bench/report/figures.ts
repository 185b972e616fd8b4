const threeDigits = { minimumSignificantDigits: 3, maximumSignificantDigits: 3 } as const;

/** A figure with three digits that count: what varies by more than a percent from run to run has no more. */
export function figure(value: number): string {
  return value.toLocaleString("en", threeDigits);
}

/** A ratio, with two places. */
export function ratio(value: number): string {
  return value.toFixed(2);
}

/** A share of 0 to 1 in percent. */
export function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
