const units: readonly [unit: string, seconds: number][] = [
  ["y", 31_557_600],
  ["mo", 2_629_800],
  ["d", 86_400],
  ["h", 3_600],
  ["min", 60],
  ["s", 1],
];

/**
 * How long before `now` (milliseconds since 1970) a time was, such as `3 min ago`. Under five seconds, and when the clocks
 * of server and browser differ so that it lies ahead, it is `just now`.
 */
export function agoText(time: Date, now: number): string {
  const seconds = Math.floor((now - time.getTime()) / 1_000);
  const unit = units.find(([, length]) => seconds >= length);
  if (seconds < 5 || unit === undefined) return "just now";
  return `${Math.floor(seconds / unit[1])} ${unit[0]} ago`;
}
