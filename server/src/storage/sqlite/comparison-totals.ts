import {
  COMPARED_RANKINGS,
  type ComparedRanking,
  type Outcome,
  type RankingCounts,
} from "../../services/recommendation/domain/ranking-comparison.ts";
import type { Database } from "./database.ts";

/** A reader as far as the comparison counts: how many books were shown, and with how many of them what was done. */
export interface ComparedReader extends Readonly<Record<Outcome, number>> {
  readonly user_id: number;
  readonly ranking: string;
  readonly shown: number;
}

/** What came of the two rankings, added up. Those of other rankings, which there were once, count for nothing. */
export interface ComparisonTotals {
  /** How many readers there are of both. */
  readonly readers: number;
  /** Takes in that books were shown, to so many readers who are new. */
  add(ranking: string, added: { readonly readers: number; readonly books: number }): void;
  /** Takes in that something was done with a book, by a reader who did it for the first time or not. */
  addOutcome(ranking: string, outcome: Outcome, isFirst: boolean): void;
  /** Takes out a reader with all that was done. */
  remove(reader: ComparedReader): void;
  /** See `RankingComparisonStore.counts`. */
  counts(): readonly [RankingCounts, RankingCounts];
}

/** The counts of one ranking while they change. */
interface Totals {
  readonly ranking: ComparedRanking;
  readers: number;
  booksShown: number;
  readonly outcomes: Record<Outcome, { books: number; readers: number }>;
}

/** Reads what came of the two rankings so far. */
export async function readComparisonTotals(database: Database): Promise<ComparisonTotals> {
  const [usual, other] = COMPARED_RANKINGS;
  const totals = [await readTotals(database, usual), await readTotals(database, other)] as const;
  const totalsOf = (ranking: string) => totals.find((one) => one.ranking.id === ranking);
  return {
    get readers() {
      return totals[0].readers + totals[1].readers;
    },
    add(ranking, { readers, books }) {
      const of = totalsOf(ranking);
      if (of === undefined) return;
      of.readers += readers;
      of.booksShown += books;
    },
    addOutcome(ranking, outcome, isFirst) {
      const of = totalsOf(ranking)?.outcomes[outcome];
      if (of === undefined) return;
      of.books += 1;
      if (isFirst) of.readers += 1;
    },
    remove(reader) {
      const of = totalsOf(reader.ranking);
      if (of === undefined) return;
      of.readers -= 1;
      of.booksShown -= reader.shown;
      for (const [outcome, counts] of Object.entries(of.outcomes) as [Outcome, { books: number; readers: number }][]) {
        counts.books -= reader[outcome];
        if (reader[outcome] > 0) counts.readers -= 1;
      }
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
