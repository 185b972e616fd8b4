/** Random choices that come again with the same seed. */
export interface SeededRandom {
  /** A whole number from `min` to `max`, both included. */
  integer(min: number, max: number): number;
  /** Whether something of this probability happens. */
  chance(probability: number): boolean;
  /** One of the values. */
  pick<T>(values: readonly [T, ...T[]]): T;
  bytes(length: number): Buffer;
}

/** Creates the choices of a seed and a name, so that those of one attack do not depend on how many others there are. */
export function createSeededRandom(seed: number, name: string): SeededRandom {
  let state = [...name].reduce((hash, letter) => Math.imul(hash ^ letter.charCodeAt(0), 0x0100_0193), seed | 0);
  // Mulberry32.
  const next = () => {
    state = (state + 0x6d2b_79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000;
  };
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    integer,
    chance: (probability) => next() < probability,
    // An index within the bounds.
    pick: <T>(values: readonly [T, ...T[]]) => values[integer(0, values.length - 1)] as T,
    bytes: (length) => Buffer.from(Array.from({ length }, () => integer(0, 255))),
  };
}
