import { Button } from "@mantine/core";
import type { Book, Recommendation } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { BookByline } from "../book/book-byline.tsx";
import { BookLink } from "../book/book-link.tsx";
import { CoverButton } from "../details/cover-button.tsx";
import { BookRating } from "../rating/book-rating.tsx";
import { RankMarker } from "./rank-marker.tsx";
import type { RankChange } from "./ranked-list.ts";
import { ReasonDisclosure } from "./reason-disclosure.tsx";
import classes from "./recommended-book.module.css";

/** A recommended book and where it stands. */
export interface RecommendedBookProps {
  readonly recommendation: Recommendation;
  /** Its place, from 1. */
  readonly rank: number;
  readonly change: RankChange | undefined;
  /** The book whose rating has just changed the list. */
  readonly changedBookId: number | undefined;
  /** Called when the reader does not care for the book. */
  readonly onNotForMe: (book: Book) => void;
}

/** A row of the recommendations: its place and how that changed, the book, why, and stars to rate it right here. */
export function RecommendedBook({ recommendation, rank, change, changedBookId, onNotForMe }: RecommendedBookProps) {
  const { book, reason } = recommendation;
  if (book === undefined) return null;
  return (
    <li className={classes.row} data-flip={book.id} data-change={directionOf(change)}>
      <div className={classes.place}>
        <span className={classes.rank}>{rank}</span>
        <RankMarker change={change} />
      </div>
      <CoverButton book={book} thumbnail />
      <div className={classes.text}>
        <h3 className={classes.title} dir="auto">
          <BookLink id={book.id}>{book.title}</BookLink>
        </h3>
        <BookByline book={book} />
        {reason !== undefined && (
          <ReasonDisclosure reason={reason} openByDefault={rank === 1} changedBookId={changedBookId} />
        )}
        <div className={classes.actions}>
          <BookRating book={book} />
          <Button
            variant="subtle"
            size="compact-xs"
            aria-label={`Not for me: ${book.title}`}
            onClick={() => onNotForMe(book)}
          >
            Not for me
          </Button>
        </div>
      </div>
    </li>
  );
}

function directionOf(change: RankChange | undefined): "up" | "down" | "new" | undefined {
  if (change === undefined || change === "new") return change;
  return change > 0 ? "up" : "down";
}
