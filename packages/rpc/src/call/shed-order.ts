/** What of a call says whether it is shed. */
export interface ShedCandidate {
  /** What it takes from the share of its caller. */
  readonly cost: number;
  readonly streams: boolean;
  /** What the caller has used lately, and what callers have used on average. */
  readonly use: number;
  readonly meanUse: number;
  /** Whether it is one of every two. */
  readonly isSecond: boolean;
}

/**
 * In which order calls are shed, level by level, each with all that the levels below it shed: unary calls by what they cost, the most first, then those that cost at least half, a
 * quarter and so on; of what costs least, those of callers who have used more than twice the average, and then more than the average; one of every two; all of them; and at the
 * highest level new streams. What costs nothing is never shed.
 */
export class ShedOrder {
  readonly highest: number;
  /** From which cost on unary calls are shed, by level. */
  private readonly ceilings: readonly number[];

  /** `costs` are those of all unary methods. */
  constructor(costs: readonly number[]) {
    const positive = costs.filter((cost) => cost > 0);
    const least = Math.min(...positive);
    const ceilings: number[] = [];
    for (let ceiling = Math.max(...positive); ceiling > least; ceiling /= 2) ceilings.push(ceiling);
    this.ceilings = ceilings;
    this.highest = ceilings.length + 5;
  }

  /** Whether a call is shed at a level; never at 0. */
  sheds(level: number, { cost, streams, use, meanUse, isSecond }: ShedCandidate): boolean {
    if (level === 0 || cost === 0) return false;
    const { ceilings, highest } = this;
    if (streams) return level >= highest;
    const ceiling = ceilings[Math.min(level, ceilings.length) - 1] ?? Number.POSITIVE_INFINITY;
    if (cost >= ceiling) return true;
    const further = level - ceilings.length;
    if (further >= 4) return true;
    if (further >= 3 && isSecond) return true;
    return (further >= 2 && use > meanUse) || (further >= 1 && use > 2 * meanUse);
  }
}
