/** Browsers send up to ten or so; what follows is not read, so that a long header costs little. */
const MAX_RANGES = 32;

const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

interface WeightedRange {
  readonly range: string;
  readonly weight: number;
}

/**
 * Reads an `accept-language` header into its ranges, most wanted first and in the order given where equally wanted.
 * What has the weight 0 or cannot be read is left out. At most the first 32 ranges are read. Never throws.
 */
export function parseAcceptLanguage(header: string): string[] {
  return header
    .split(",", MAX_RANGES)
    .map(parseRange)
    .filter(({ range, weight }) => range !== "" && weight > 0)
    .sort((a, b) => b.weight - a.weight)
    .map(({ range }) => range);
}

function parseRange(element: string): WeightedRange {
  const [range = "", parameter, ...rest] = element.split(";", 3).map((part) => part.trim());
  if (parameter === undefined) return { range, weight: 1 };
  const weight = rest.length === 0 ? Number(WEIGHT.exec(parameter)?.[1] ?? 0) : 0;
  return { range, weight };
}
