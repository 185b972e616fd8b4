/** How a stream of greetings is to run. */
export interface StreamSettings {
  /** The time between two greetings, in milliseconds. */
  readonly intervalMs: number;
  /** How many greetings; 0, and nothing, is until stopped. */
  readonly count: number | undefined;
}

/** The intervals to choose from, in milliseconds, ascending. */
export const intervals: readonly number[] = [10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000];

/** One greeting a second, until stopped. */
export const defaultSettings: StreamSettings = { intervalMs: 1_000, count: 0 };

/** The largest count that a request can carry. */
const maxCount = 2_147_483_647;

/** The count that a person typed: its digits, at most the largest a request can carry; undefined without any. */
export function parseCount(text: string): number | undefined {
  const digits = text.replace(/\D/g, "");
  return digits === "" ? undefined : Math.min(Number(digits), maxCount);
}

/** An interval for people: `200 ms`, `5 s`. */
export function intervalText(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`;
}
