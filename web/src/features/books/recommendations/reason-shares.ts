import type { Reason } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";

/** What speaks for a book, as shares of all that does, which together are 1. */
export interface ReasonShares {
  /** The share of its popularity; undefined where it is not told, and so a part of `rest`. */
  readonly popularity: number | undefined;
  /** The share of everything that is not named. */
  readonly rest: number;
}

// What is less than a thousandth is rounding.
const least = 0.001;

/** What the named books leave to popularity and to what is not named. */
export function reasonShares({ influences, popularity }: Reason): ReasonShares {
  const named = influences.reduce((sum, { share }) => sum + share, 0);
  const left = Math.max(0, 1 - named);
  const first = influences.find(({ share, contribution }) => share > 0 && contribution > 0);
  // What speaks for the book in all, in the unit of the score.
  const whole = first === undefined ? undefined : first.contribution / first.share;
  const own = whole === undefined ? undefined : Math.min(left, Math.max(0, popularity) / whole);
  const rest = left - (own ?? 0);
  return { popularity: own, rest: rest < least ? 0 : rest };
}
