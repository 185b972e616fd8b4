import { Skeleton } from "@mantine/core";
import type { Recommendation } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { LiveStatus } from "../../../components/live-status.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { useWhyNot } from "../../../session/why-not.ts";
import { type KnownBook, knownBooks } from "../rating/lists-before.ts";
import { useRatings } from "../rating/ratings-context.ts";
import type { Recommendations } from "../recommendations/use-recommendations.ts";
import { movedBooks } from "./moved-books.ts";
import { MovedList } from "./moved-list.tsx";
import classes from "./moved-panel.module.css";

/** Which book was rated, and the lists. */
export interface MovedPanelProps {
  readonly bookId: number;
  readonly recommendations: Recommendations;
  /** The list when the reader last rated the book; undefined where that was not in this tab. */
  readonly before: readonly KnownBook[] | undefined;
}

/** The reader's recommendations as they are, and how they have moved since the book of the page was rated. */
export function MovedPanel({ bookId, recommendations: live, before }: MovedPanelProps) {
  const { state, data, retry } = live;
  const { starsOf } = useRatings();
  const whyNot = useWhyNot();
  const isRated = starsOf(bookId) !== undefined;
  const now = data.recommendations;
  const compared = isRated ? before : undefined;
  const moved = now && movedBooks(compared ?? knownBooks(now), knownBooks(now));
  return (
    <Panel title="What moved since you rated" aside={<LiveStatus state={state} onRetry={retry} />}>
      {whyNot !== undefined && <p className={classes.note}>{whyNot}.</p>}
      {state.kind === "failed" && whyNot === undefined && <ErrorNotice error={state.error} onRetry={retry} />}
      {moved === undefined || now === undefined ? (
        state.kind !== "failed" && <Skeleton height="24rem" />
      ) : (
        <>
          <p role="status" aria-label="What moved" className={classes.note}>
            {noteOf(isRated, compared && moved.count)}
            {isRated && compared === undefined && followsText(now, bookId)}
          </p>
          <MovedList moved={moved} isCompared={compared !== undefined} />
        </>
      )}
    </Panel>
  );
}

function noteOf(isRated: boolean, moved: number | undefined): string {
  if (!isRated) return "Give it stars, and see here how your recommendations move. This is what they are now.";
  if (moved === undefined) return "You rated it before this tab was opened. This is what your recommendations are now.";
  if (moved === 0) return "Nothing has moved: your recommendations are those from before you rated it.";
  return `${moved === 1 ? "1 book has" : `${moved} books have`} moved, come or gone.`;
}

function followsText(list: readonly Recommendation[], bookId: number): string {
  const count = list.filter(({ reason }) => reason?.influences.some((one) => one.bookId === bookId)).length;
  return count === 0 ? " None of them follow from it." : ` ${count} of ${list.length} follow from it.`;
}
