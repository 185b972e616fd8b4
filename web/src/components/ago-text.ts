const format = new Intl.RelativeTimeFormat("en", { numeric: "always", style: "narrow" });

const units: readonly [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ["year", 31_557_600],
  ["month", 2_629_800],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/**
 * How long before `now` (milliseconds since 1970) a time was, such as `3min ago`. Under five seconds, and when the clocks
 * of server and browser differ so that it lies ahead, it is `just now`.
 */
export function agoText(time: Date, now: number): string {
  const seconds = Math.floor((now - time.getTime()) / 1_000);
  const unit = units.find(([, length]) => seconds >= length);
  if (seconds < 5 || unit === undefined) return "just now";
  return format.format(-Math.floor(seconds / unit[1]), unit[0]);
}
