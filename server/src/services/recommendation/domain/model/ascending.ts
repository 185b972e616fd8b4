// Sets of numbers as ascending lists.

/** The first place from `start` to before `end` of an ascending list that is not below the value. */
export function lowerBound(ascending: Uint32Array, start: number, end: number, value: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((ascending[middle] as number) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Whether the value is in the list. */
export function isIn(ascending: Uint32Array, value: number): boolean {
  return ascending[lowerBound(ascending, 0, ascending.length, value)] === value;
}

/** A copy of the list, with a value that is not in it, or without one that is. */
export function toggled(ascending: Uint32Array, value: number): Uint32Array {
  const place = lowerBound(ascending, 0, ascending.length, value);
  const taken = ascending[place] === value ? 1 : 0;
  const copy = new Uint32Array(ascending.length + 1 - 2 * taken);
  copy.set(ascending.subarray(0, place));
  if (taken === 0) copy[place] = value;
  copy.set(ascending.subarray(place + taken), place + 1 - taken);
  return copy;
}
