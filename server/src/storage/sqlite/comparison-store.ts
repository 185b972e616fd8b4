import {
  COMPARED_RANKINGS,
  COUNTS_FOR_MS,
  type ComparedRanking,
  OUTCOMES,
  type Outcome,
  type RankingComparisonStore,
  type RankingCounts,
  READERS_COMPARED,
  SHOWN_KEPT,
} from "../../services/recommendation/domain/ranking-comparison.ts";
import type { FeedOptions } from "../live/event-feed.ts";
import type { WriteContext } from "./commit-queue.ts";
import type { Database } from "./database.ts";
import { createRecentlyShown } from "./recently-shown.ts";

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
}

/** The counts of one ranking while they change. */
interface Totals {
  readonly ranking: ComparedRanking;
  readers: number;
  booksShown: number;
  readonly outcomes: Record<Outcome, { books: number; readers: number }>;
}

/** Opens the store of what was shown and what came of it. The counts of the two rankings are in memory too. */
export async function openComparisonStore(options: ComparisonStoreOptions): Promise<OpenComparisonStore> {
  const { database, now, onChange = () => {}, mostReaders = READERS_COMPARED } = options;
  const [usual, other] = COMPARED_RANKINGS;
  const totals = [await readTotals(database, usual), await readTotals(database, other)] as const;
  const totalsOf = (ranking: string) => totals.find((one) => one.ranking.id === ranking);
  const recent = createRecentlyShown();
  const note = createShownNote(database);
  const count = createOutcomeCount(database);
  const mayAdd = () => totals[0].readers + totals[1].readers < mostReaders;

  return {
    shown(userId, ranking, bookIds) {
      const time = now();
      if (!recent.add(userId, bookIds, time)) return;
      const written = database.write((context) => {
        const added = note(userId, ranking.id, bookIds, time.getTime(), mayAdd());
        if (added === undefined) return;
        context.afterCommit(() => {
          const of = totalsOf(ranking.id);
          if (of === undefined) return;
          of.readers += added.readers;
          of.booksShown += added.books;
          onChange();
        });
      });
      // Why the store cannot write it says itself; the list is shown all the same, and counts when it is shown again.
      written.catch(() => recent.forget(userId));
    },
    countIn(context, outcome, time) {
      const counted = count(outcome, time.getTime());
      if (counted === undefined) return;
      context.afterCommit(() => {
        const of = totalsOf(counted.ranking)?.outcomes[outcome.outcome];
        if (of === undefined) return;
        of.books += 1;
        if (counted.isFirst) of.readers += 1;
        onChange();
      });
    },
    counts: () => [copyOf(totals[0]), copyOf(totals[1])],
  };
}

function copyOf({ outcomes, ...rest }: Totals): RankingCounts {
  const { opened, rated, ordered } = outcomes;
  return { ...rest, outcomes: { opened: { ...opened }, rated: { ...rated }, ordered: { ...ordered } } };
}

async function readTotals({ kysely }: Database, ranking: ComparedRanking): Promise<Totals> {
  const rows = kysely.selectFrom("compared_readers").where("ranking", "=", ranking.id);
  const { readers, shown } = await rows
    .select(({ fn }) => [fn.countAll<number>().as("readers"), fn.sum<number | null>("shown").as("shown")])
    .executeTakeFirstOrThrow();
  const outcomeOf = async (outcome: Outcome) => {
    const did = rows.where(outcome, ">", 0);
    const { books, readers } = await did
      .select(({ fn }) => [fn.sum<number | null>(outcome).as("books"), fn.countAll<number>().as("readers")])
      .executeTakeFirstOrThrow();
    return { books: books ?? 0, readers };
  };
  const [opened, rated, ordered] = [await outcomeOf("opened"), await outcomeOf("rated"), await outcomeOf("ordered")];
  return { ranking, readers, booksShown: shown ?? 0, outcomes: { opened, rated, ordered } };
}

/** Makes what stores that books are shown to a reader; returns what is new of it, undefined where the reader is one too many. */
function createShownNote({ prepare }: Database) {
  const find = prepare("select ranking from compared_readers where user_id = ?");
  const addReader = prepare("insert into compared_readers (user_id, ranking) values (?, ?)");
  const forgetReader = prepare("delete from compared_readers where user_id = ?");
  const forgetBooks = prepare("delete from shown_books where user_id = ?");
  const findBook = prepare("select 1 from shown_books where user_id = ? and book_id = ?");
  const store = prepare(
    `insert into shown_books (user_id, book_id, time) values (?, ?, ?)
     on conflict do update set time = excluded.time`,
  );
  const forgetOldest = prepare(
    `delete from shown_books where rowid in
     (select rowid from shown_books where user_id = ? order by time desc, rowid desc limit -1 offset ${SHOWN_KEPT})`,
  );
  const addShown = prepare("update compared_readers set shown = shown + ? where user_id = ?");

  return (userId: number, ranking: string, bookIds: readonly number[], time: number, mayAdd: boolean) => {
    const [known] = find.all([userId]) as { ranking: string }[]; // The column that is selected.
    if (known === undefined && !mayAdd) return undefined;
    if (known !== undefined && known.ranking !== ranking) {
      // What another ranking showed once is not this one's doing.
      forgetReader.run([userId]);
      forgetBooks.run([userId]);
    }
    const isNew = known?.ranking !== ranking;
    if (isNew) addReader.run([userId, ranking]);
    const added = bookIds.filter((bookId) => findBook.all([userId, bookId]).length === 0);
    for (const bookId of bookIds) store.run([userId, bookId, time]);
    forgetOldest.run([userId]);
    addShown.run([added.length, userId]);
    return { readers: isNew ? 1 : 0, books: added.length };
  };
}

/** Makes what stores that a reader did something with a book that was shown; returns by which ranking, undefined where that does not count. */
function createOutcomeCount({ prepare }: Database) {
  const statements = Object.fromEntries(
    OUTCOMES.map((outcome) => [
      outcome,
      {
        find: prepare(
          `select ranking, time, shown_books.${outcome} as done, compared_readers.${outcome} as before
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
