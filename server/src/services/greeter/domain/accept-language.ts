/** Browsers send up to ten or so; what follows is not read, so that a long header costs little. */
const MAX_RANGES = 32;

const WEIGHT = /^q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i;

/** What an `accept-language` header asks for. */
export interface AcceptedRanges {
  /** The ranges with a weight above 0, most wanted first and in the order given where equally wanted. */
  readonly wanted: readonly string[];
  /** The ranges with the weight 0, which are not acceptable. */
  readonly refused: readonly string[];
}

interface WeightedRange {
  readonly range: string;
  /** 0 to 1; undefined where it cannot be read. */
  readonly weight: number | undefined;
}

/** Reads an `accept-language` header. What cannot be read is left out, and so is all after 32 ranges. Never throws. */
export function parseAcceptLanguage(header: string): AcceptedRanges {
  const ranges = header
    .split(",", MAX_RANGES)
    .map(parseRange)
    .filter(({ range }) => range !== "");
  return {
    wanted: ranges
      .filter(({ weight = 0 }) => weight > 0)
      .sort((a, b) => (b.weight ?? 0) - (a.weight ?? 0))
      .map(({ range }) => range),
    refused: ranges.filter(({ weight }) => weight === 0).map(({ range }) => range),
  };
}

function parseRange(element: string): WeightedRange {
  const [range = "", parameter, ...rest] = element.split(";", 3).map((part) => part.trim());
  if (parameter === undefined) return { range, weight: 1 };
  const weight = rest.length === 0 ? WEIGHT.exec(parameter)?.[1] : undefined;
  return { range, weight: weight === undefined ? undefined : Number(weight) };
}
