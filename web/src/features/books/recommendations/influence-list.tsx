import type { Reason } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import type { ReactNode } from "react";
import classes from "./influence-list.module.css";
import { reasonShares } from "./reason-shares.ts";

/** Why, and what of that is news. */
export interface InfluenceListProps {
  readonly reason: Reason;
  /** The book whose rating has just changed the list. */
  readonly changedBookId: number | undefined;
}

/** Which of the reader's books have which share in a recommendation, what its popularity has, and what is left. */
export function InfluenceList({ reason, changedBookId }: InfluenceListProps) {
  const { popularity, rest } = reasonShares(reason);
  return (
    <ul className={classes.list} aria-label="What speaks for it">
      {reason.influences.map(({ bookId, title, share }) => (
        <Share key={bookId} share={share} kind={bookId === changedBookId ? "changed" : "book"}>
          {title}
        </Share>
      ))}
      {popularity !== undefined && popularity > 0 && (
        <Share share={popularity} kind="popularity">
          its popularity
        </Share>
      )}
      {rest > 0 && (
        <Share share={rest} kind="rest">
          {popularity === undefined ? "popularity and lesser influences" : "other books you rated"}
        </Share>
      )}
    </ul>
  );
}

interface ShareProps {
  readonly share: number;
  readonly kind: "book" | "changed" | "popularity" | "rest";
  readonly children: ReactNode;
}

function Share({ share, kind, children }: ShareProps) {
  return (
    <li data-kind={kind}>
      <span dir="auto" className={classes.name}>
        {children}
      </span>{" "}
      <span className={classes.share}>{percent(share)}</span>
      <span aria-hidden className={classes.track}>
        <span className={classes.bar} style={{ width: `${share * 100}%` }} />
      </span>
    </li>
  );
}

function percent(share: number): string {
  if (share > 0 && share < 0.005) return "< 1 %";
  return share < 1 && share >= 0.995 ? "> 99 %" : `${Math.round(share * 100)} %`;
}
