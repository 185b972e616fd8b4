import type {
  ComparedRanking,
  Estimate,
  RankingComparison,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./comparison-table.module.css";

const outcomes = [
  { id: "opened", name: "Opened", differenceOf: (one: RankingComparison) => one.openedDifference },
  { id: "rated", name: "Rated", differenceOf: (one: RankingComparison) => one.ratedDifference },
  { id: "ordered", name: "Ordered", differenceOf: (one: RankingComparison) => one.orderedDifference },
] as const;

/** What came of two rankings side by side: how many readers opened, rated and ordered what they were shown, and how sure the difference is. */
export function ComparisonTable({ comparison }: { readonly comparison: RankingComparison }) {
  const { rankings } = comparison;
  return (
    <table className={classes.table}>
      <caption>
        Two rankings side by side: half of the readers have each. Shares are of readers, with their 95 % confidence
        intervals.
      </caption>
      <thead>
        <tr>
          <td />
          {rankings.map(({ id, name }) => (
            <th key={id} scope="col">
              {name}
            </th>
          ))}
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        <Counts name="Readers" rankings={rankings} countOf={({ readers }) => readers} />
        <Counts name="Books shown" rankings={rankings} countOf={({ booksShown }) => booksShown} />
        {outcomes.map(({ id, name, differenceOf }) => (
          <tr key={id}>
            <th scope="row">{name}</th>
            {rankings.map((ranking) => (
              <td key={ranking.id}>
                {ranking.readers === 0 ? "–" : <Interval estimate={ranking[id]?.share} />}
                <span className={classes.books}>{booksText(ranking[id]?.books ?? 0n)}</span>
              </td>
            ))}
            <td>
              {rankings.some(({ readers }) => readers === 0) ? (
                "–"
              ) : (
                <Interval estimate={differenceOf(comparison)} signed />
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

interface CountsProps {
  readonly name: string;
  readonly rankings: readonly ComparedRanking[];
  readonly countOf: (ranking: ComparedRanking) => number | bigint;
}

function Counts({ name, rankings, countOf }: CountsProps) {
  return (
    <tr>
      <th scope="row">{name}</th>
      {rankings.map((ranking) => (
        <td key={ranking.id}>{countOf(ranking).toLocaleString("en")}</td>
      ))}
      <td />
    </tr>
  );
}

function Interval({
  estimate,
  signed = false,
}: {
  readonly estimate: Estimate | undefined;
  readonly signed?: boolean;
}) {
  const { value = 0, low = 0, high = 1 } = estimate ?? {};
  const text = (share: number) => `${signed && share > 0 ? "+" : ""}${Math.round(100 * share)}`.replace("-", "−");
  return (
    <>
      {text(value)} %{" "}
      <span className={classes.interval}>
        {text(low)} to {text(high)}
      </span>
    </>
  );
}

function booksText(books: bigint): string {
  return books === 1n ? "1 book" : `${books.toLocaleString("en")} books`;
}
