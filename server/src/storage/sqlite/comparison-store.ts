import {
  COUNTS_FOR_MS,
  OUTCOMES,
  type Outcome,
  type RankingComparisonStore,
  READERS_COMPARED,
} from "../../services/recommendation/domain/ranking-comparison.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import type { WriteContext } from "./commit-queue.ts";
import { readComparisonTotals } from "./comparison-totals.ts";
import type { Database } from "./database.ts";
import { createRecentlyShown } from "./recently-shown.ts";
import { createShownNote } from "./shown-note.ts";

/** What a reader did with a book. */
export interface ReaderOutcome {
  readonly userId: number;
  readonly bookId: number;
  readonly outcome: Outcome;
}

/** A store of what came of rankings that takes part in the transactions of others. */
export interface OpenComparisonStore extends RankingComparisonStore {
  /** Counts what a reader did in the transaction of a write job, where the book was shown before and it was not done since. */
  countIn(context: WriteContext, outcome: ReaderOutcome, time: Date): void;
}

/** What it is opened with. */
export interface ComparisonStoreOptions extends Pick<FeedOptions, "database" | "now"> {
  /** Called when the counts have changed. */
  readonly onChange?: () => void;
  readonly mostReaders?: number;
  /** Of how many readers lists are followed now: another model may show all of them other lists at once. */
  readonly followedReaders?: () => number;
}

/** How many lists wait for the disk at most. Nobody waits for them, so nothing else holds back those that come on. */
const MOST_PENDING = 256;

/** Opens the store of what was shown and what came of it. The counts of the two rankings are in memory too. */
export async function openComparisonStore(options: ComparisonStoreOptions): Promise<OpenComparisonStore> {
  const { database, now, onChange = () => {}, mostReaders = READERS_COMPARED, followedReaders = () => 0 } = options;
  const totals = await readComparisonTotals(database);
  const recent = createRecentlyShown(followedReaders);
  const note = createShownNote(database);
  const count = createOutcomeCount(database);
  let pending = 0;

  return {
    shown(userId, { id: ranking }, bookIds) {
      const time = now();
      if (pending >= MOST_PENDING || !recent.add(userId, bookIds, time)) return;
      pending++;
      const written = database.write((context) => {
        const { added, gone } = note({ userId, ranking, bookIds, time: time.getTime() }, mostReaders - totals.readers);
        context.afterCommit(() => {
          for (const reader of gone) {
            totals.remove(reader);
            if (reader.user_id !== userId) recent.forget(reader.user_id);
          }
          totals.add(ranking, added);
          onChange();
        });
      });
      // Why the store cannot write it says itself; the list is shown all the same, and counts when it is shown again.
      written.catch(() => recent.forget(userId)).finally(() => pending--);
    },
    countIn(context, outcome, time) {
      const counted = count(outcome, time.getTime());
      if (counted === undefined) return;
      context.afterCommit(() => {
        totals.addOutcome(counted.ranking, outcome.outcome, counted.isFirst);
        onChange();
      });
    },
    counts: () => totals.counts(),
  };
}

/** Makes what stores that a reader did something with a book that was shown; returns by which ranking, undefined where that does not count. */
function createOutcomeCount({ prepare }: Database) {
  const statements = Object.fromEntries(
    OUTCOMES.map((outcome) => [
      outcome,
      {
        find: prepare(
          `select ranking, shown_books.time as time, shown_books.${outcome} as done, compared_readers.${outcome} as before
           from shown_books join compared_readers using (user_id) where user_id = ? and book_id = ?`,
        ),
        mark: prepare(`update shown_books set ${outcome} = 1 where user_id = ? and book_id = ?`),
        add: prepare(`update compared_readers set ${outcome} = ${outcome} + 1 where user_id = ?`),
      },
    ]),
  ) as Record<Outcome, Record<"find" | "mark" | "add", ReturnType<Database["prepare"]>>>; // One for each of them.

  return ({ userId, bookId, outcome }: ReaderOutcome, time: number) => {
    const { find, mark, add } = statements[outcome];
    // The columns that are selected.
    const [row] = find.all([userId, bookId]) as { ranking: string; time: number; done: number; before: number }[];
    if (row === undefined || row.done === 1 || time - row.time > COUNTS_FOR_MS) return undefined;
    mark.run([userId, bookId]);
    add.run([userId]);
    return { ranking: row.ranking, isFirst: row.before === 0 };
  };
}
