/** How a stream of greetings is to run. */
export interface StreamSettings {
  /** The time between two greetings, in milliseconds. */
  readonly intervalMs: number;
  /** How many greetings; 0 is until stopped. */
  readonly count: number;
}

/** The intervals to choose from, in milliseconds, ascending. */
export const intervals: readonly number[] = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** One greeting a second, until stopped. */
export const defaultSettings: StreamSettings = { intervalMs: 1_000, count: 0 };

/** The largest count that a request can carry. */
const maxCount = 2_147_483_647;

/** What a count can be, for people. */
export const countLimits = `a whole number of at most ${maxCount.toLocaleString("en")}`;

/** The count that a person typed, 0 for nothing; undefined for what is no whole number that a request can carry. */
export function parseCount(text: string): number | undefined {
  if (!/^(\d*|\d{1,3}(,\d{3})+)$/.test(text.trim())) return undefined;
  const count = Number(text.replaceAll(",", ""));
  return count <= maxCount ? count : undefined;
}

/** An interval for people: `200 ms`, `5 s`. */
export function intervalText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}
