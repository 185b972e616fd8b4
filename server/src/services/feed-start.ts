import type { FieldViolation } from "../domain/errors.ts";
import { type FeedStart, MAX_RECENT } from "../domain/feed.ts";
import { check } from "../domain/violations.ts";

/** What a request to follow a feed says of where to start. */
export interface WatchRequest {
  readonly afterSequence?: bigint | undefined;
  readonly logId?: string | undefined;
  readonly recent: number;
}

/**
 * Where the follower of a feed starts: after the event whose number it names, else with the `recent` latest. That the number is not ahead of
 * the feed, and the log the same, is for the feed to check.
 * @throws InvalidInput for a number that no event can have, or for more than 1,000 of the latest.
 */
export function feedStart({ afterSequence, logId, recent }: WatchRequest): FeedStart {
  if (afterSequence === undefined) {
    check(recentViolation(recent));
    return { recent };
  }
  check(sequenceViolation(afterSequence));
  return { afterSequence: Number(afterSequence), logId: logId || undefined };
}

function recentViolation(recent: number): FieldViolation | undefined {
  if (recent >= 0 && recent <= MAX_RECENT) return undefined;
  return { field: "recent", description: `must be 0 to ${MAX_RECENT}: got ${recent}` };
}

function sequenceViolation(sequence: bigint): FieldViolation | undefined {
  if (sequence >= 0n && sequence <= Number.MAX_SAFE_INTEGER) return undefined;
  return { field: "after_sequence", description: `must be 0 to the number of the latest event: got ${sequence}` };
}
