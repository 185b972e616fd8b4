import type { Reason } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import classes from "./influence-bar.module.css";
import { reasonShares } from "./reason-shares.ts";

/** The shares of the influencing books and of popularity, side by side. For the eye only; `InfluenceList` says them. */
export function InfluenceBar({ reason }: { readonly reason: Reason }) {
  const { popularity = 0 } = reasonShares(reason);
  return (
    <div className={classes.bar} aria-hidden>
      {reason.influences.map(({ bookId, title, share }) => (
        <span key={bookId} title={title} style={{ width: `${share * 100}%` }} />
      ))}
      {popularity > 0 && <span data-popularity title="its popularity" style={{ width: `${popularity * 100}%` }} />}
    </div>
  );
}
