import type { Delay } from "../domain/delay.ts";
import { InvalidInput, LogReplaced, StoreTrouble } from "../domain/errors.ts";
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
  /** Resolves once the signal is aborted; rejects when the changes cannot be read. */
  readonly stopped: Promise<void>;
}

/** What counting takes. */
export interface LikeChangesOptions {
  readonly changes: RatingStore["changes"];
  /** The change that counting starts after, by its number in the log; undefined or one that the log does not have means now. */
  readonly after: number | undefined;
  /** Called after every like that was given or taken back. */
  readonly onChange: () => void;
  readonly delay: Delay;
}

/** How long after the store could not answer comes the next attempt, in milliseconds. */
const RETRY_MS = 1_000;

/**
 * Starts to count in the background; resolves when the position is known. Rejects when the store fails at first; later it goes on when the store can
 * answer again. Where another history takes the place of the log it counts in that, from the change that was last asked about where that is in it.
 */
export async function countLikeChanges(
  { changes, after, onChange, delay }: LikeChangesOptions,
  signal: AbortSignal,
): Promise<LikeChanges> {
  const start = await standing(changes, signal);
  let { logId } = start;
  let position = after === undefined || after > start.sequence ? start.sequence : after;
  let asked = position;
  // Ascending numbers of the changes that were likes given or taken back.
  let counted: number[] = [];

  async function count(): Promise<void> {
    for await (const update of changes.follow({ afterSequence: position, logId }, signal)) {
      if (update.kind !== "event") continue;
      position = update.sequence;
      if (!update.event.changesLike) continue;
      counted.push(position);
      onChange();
    }
  }

  /** Finds out whether the numbers are still those of the log. */
  async function findPlace(): Promise<void> {
    const now = await standing(changes, signal);
    if (now.logId === logId && position <= now.sequence) return;
    ({ logId } = now);
    position = Math.min(asked, now.sequence);
    counted = [];
  }

  async function countOn(): Promise<void> {
    for (let isFirst = true; !signal.aborted; isFirst = false) {
      try {
        if (!isFirst) await findPlace();
        await count();
      } catch (error) {
        if (signal.aborted) return;
        if (!passes(error)) throw error;
      }
      await delay(RETRY_MS, signal).catch(() => undefined);
    }
  }

  return {
    get position() {
      return position;
    },
    since(sequence) {
      asked = sequence;
      counted = counted.slice(countUpTo(counted, sequence));
      return counted.length;
    },
    stopped: countOn(),
  };
}

/** Where a log stands. */
interface Standing {
  readonly logId: string | undefined;
  /** The number of the last change; 0 where there is none. */
  readonly sequence: number;
}

async function standing(changes: RatingStore["changes"], signal: AbortSignal): Promise<Standing> {
  for await (const update of changes.follow({}, signal))
    return { logId: update.kind === "position" ? update.logId : undefined, sequence: update.sequence };
  return { logId: undefined, sequence: 0 };
}

/** Whether following again helps: also where the number is one of a history that has just been replaced. */
function passes(error: unknown): boolean {
  return error instanceof StoreTrouble || error instanceof LogReplaced || error instanceof InvalidInput;
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
