import type { Influence } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./influence-bar.module.css";

/** The shares of the influencing books, side by side. For the eye only; `InfluenceList` says them. */
export function InfluenceBar({ influences }: { readonly influences: readonly Influence[] }) {
  return (
    <div className={classes.bar} aria-hidden>
      {influences.map(({ bookId, title, share }) => (
        <span key={bookId} title={title} style={{ width: `${share * 100}%` }} />
      ))}
    </div>
  );
}
