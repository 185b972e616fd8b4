/** The bytes from `start` to `end`, both included. */
export interface ByteRange {
  readonly start: number;
  readonly end: number;
}

const RANGE_HEADER = /^bytes=(.*)$/i;
/** From a first position on, perhaps to a last one, or the last so many. */
const RANGE = /^(\d*)-(\d*)$/;

/**
 * What a `Range` header asks for of a representation of `size` bytes (RFC 9110, 14.1.2). Undefined when the header is to be ignored: it is
 * malformed, counts in another unit, or names several ranges, which a server need not serve. `"unsatisfiable"` when there are no such bytes.
 */
export function parseRange(header: string | undefined, size: number): ByteRange | "unsatisfiable" | undefined {
  const list = RANGE_HEADER.exec(header ?? "")?.[1];
  // A list may have empty elements (RFC 9110, 5.6.1.2).
  const [range = "", another] = list?.split(",").flatMap((text) => text.trim() || []) ?? [];
  const match = RANGE.exec(range);
  if (match === null || another !== undefined || range === "-") return undefined;
  const [, first = "", last = ""] = match;
  return first === "" ? lastBytes(Number(last), size) : bytesFrom(Number(first), last, size);
}

function lastBytes(count: number, size: number): ByteRange | "unsatisfiable" {
  if (count === 0 || size === 0) return "unsatisfiable";
  return { start: Math.max(0, size - count), end: size - 1 };
}

function bytesFrom(start: number, last: string, size: number): ByteRange | "unsatisfiable" | undefined {
  const end = last === "" ? Number.POSITIVE_INFINITY : Number(last);
  if (end < start) return undefined;
  return start >= size ? "unsatisfiable" : { start, end: Math.min(end, size - 1) };
}
