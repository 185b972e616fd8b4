import type { RatingStore } from "./domain/rating-store.ts";
import type { Recommender } from "./domain/recommender.ts";

/** A recommender that has learned what was stored and goes on learning. */
export interface Learning {
  /** Resolves once the signal is aborted and learning has stopped; rejects when the store fails. */
  readonly stopped: Promise<void>;
}

/**
 * Teaches the recommender every rating stored, and then, in the background, every change. Resolves when it knows all that
 * was stored before the call; rejects when the store fails or with the signal's reason once that is aborted.
 */
export async function learnRatings(
  { ratings, recommender }: { readonly ratings: RatingStore; readonly recommender: Recommender },
  signal: AbortSignal,
): Promise<Learning> {
  const changes = ratings.changes.follow({}, signal);
  const updates = changes[Symbol.asyncIterator]();
  // Taking the position first makes the log continue where `all` may have missed something. What it brings a second
  // time does no harm: the last change of a rating is what holds.
  await updates.next();
  for await (const rating of ratings.all()) {
    signal.throwIfAborted();
    recommender.learn(rating);
  }
  return { stopped: learnChanges({ [Symbol.asyncIterator]: () => updates }, recommender, signal) };
}

async function learnChanges(
  updates: ReturnType<RatingStore["changes"]["follow"]>,
  recommender: Recommender,
  signal: AbortSignal,
): Promise<void> {
  try {
    for await (const update of updates) if (update.kind === "event") recommender.learn(update.event);
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
