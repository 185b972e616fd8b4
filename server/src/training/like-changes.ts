import type { RatingStore } from "../services/recommendation/domain/rating-store.ts";

/** Counts the likes that are given and taken back. */
export interface LikeChanges {
  /** The last change of a rating that has been seen, by its number in the log. */
  readonly position: number;
  /**
   * How many likes were given or taken back after a change, by its number in the log. Forgets those before it: the next caller asks about this
   * change or a later one.
   */
  since(sequence: number): number;
  /** Resolves once the signal is aborted; rejects when the store fails. */
  readonly stopped: Promise<void>;
}

/** What counting takes. */
export interface LikeChangesOptions {
  readonly changes: RatingStore["changes"];
  /** The change that counting starts after, by its number in the log; undefined or one that the log does not have means now. */
  readonly after: number | undefined;
  /** Called after every like that was given or taken back. */
  readonly onChange: () => void;
}

/** Starts to count in the background; resolves when the position is known. Rejects when the store fails. */
export async function countLikeChanges(
  { changes, after, onChange }: LikeChangesOptions,
  signal: AbortSignal,
): Promise<LikeChanges> {
  const last = await lastSequence(changes, signal);
  let position = after === undefined || after > last ? last : after;
  // Ascending numbers of the changes that were likes given or taken back.
  let counted: number[] = [];

  async function follow(): Promise<void> {
    try {
      for await (const update of changes.follow({ afterSequence: position }, signal)) {
        if (update.kind !== "event") continue;
        position = update.sequence;
        if (!update.event.changesLike) continue;
        counted.push(position);
        onChange();
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  return {
    get position() {
      return position;
    },
    since(sequence) {
      counted = counted.slice(countUpTo(counted, sequence));
      return counted.length;
    },
    stopped: follow(),
  };
}

async function lastSequence(changes: RatingStore["changes"], signal: AbortSignal): Promise<number> {
  for await (const { sequence } of changes.follow({}, signal)) return sequence;
  return 0;
}

function countUpTo(ascending: readonly number[], sequence: number): number {
  let low = 0;
  let high = ascending.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= sequence) low = middle + 1;
    else high = middle;
  }
  return low;
}
