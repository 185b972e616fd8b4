import type { Influence } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./influence-list.module.css";

/** Which of the reader's books have which share in a recommendation, and what is left for what many readers like. */
export function InfluenceList({ influences }: { readonly influences: readonly Influence[] }) {
  const rest = 1 - influences.reduce((sum, { share }) => sum + share, 0);
  return (
    <ul className={classes.list}>
      {influences.map(({ bookId, title, share }) => (
        <li key={bookId}>
          <span dir="auto">{title}</span> <span className={classes.share}>{percent(share)}</span>
        </li>
      ))}
      {rest >= 0.005 && (
        <li>
          <span>Popularity and lesser influences</span> <span className={classes.share}>{percent(rest)}</span>
        </li>
      )}
    </ul>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
