const units = [
  { name: "days", seconds: 86_400 },
  { name: "hours", seconds: 3_600 },
  { name: "minutes", seconds: 60 },
] as const;

/** A time for people in the largest unit that it has two of, such as `52 seconds`, `14 minutes` or `3 days`. */
export function timeText(seconds: number): string {
  const unit = units.find((one) => seconds >= 2 * one.seconds) ?? { name: "seconds", seconds: 1 };
  return `${Math.round(seconds / unit.seconds)} ${unit.name}`;
}
