const FIRST_CEILING_MS = 1_000;
const LAST_CEILING_MS = 15_000;

/**
 * How long to wait before a stream is opened again, in milliseconds, after so many failed attempts in a row (from 0):
 * 0.5 to 1 s at first, twice that each time, 7.5 to 15 s in the end. The randomness (`random` gives numbers from 0 up to 1)
 * keeps the browsers of a server that restarts from all coming back at once.
 */
export function backoffDelay(failures: number, random: () => number): number {
  const ceiling = Math.min(LAST_CEILING_MS, FIRST_CEILING_MS * 2 ** failures);
  return Math.round(ceiling / 2 + (ceiling / 2) * random());
}
