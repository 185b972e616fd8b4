import { IconArrowsSort, IconBolt, IconRefresh } from "@tabler/icons-react";
import { useRatings } from "../rating/ratings-context.ts";
import { BookTitle } from "./book-title.tsx";
import classes from "./change-note.module.css";
import { changesText } from "./changes-text.ts";
import { type ListCause, listCause } from "./list-cause.ts";
import type { RankedList } from "./ranked-list.ts";

/** Says which rating changed the list and how: one made here, by a native client or in another tab; or that a new model did. */
export function ChangeNote({ list }: { readonly list: RankedList }) {
  const { isOwn, starsOf } = useRatings();
  const cause = listCause(list, isOwn);
  const Icon = cause === undefined ? undefined : icons[cause.kind];
  return (
    <p role="status" aria-label="What changed the list" className={classes.note}>
      {cause !== undefined && Icon !== undefined && (
        <>
          <Icon aria-hidden size={16} className={classes.icon} />
          <span>
            {cause.kind === "rated-here" && <RatedHere bookId={cause.bookId} stars={starsOf(cause.bookId)} />}
            {cause.kind === "rated-elsewhere" && (
              <>
                Your rating of <BookTitle id={cause.bookId} /> was changed from another client
              </>
            )}
            {cause.kind === "model" && `Model ${cause.version} is served now`}: {changesText(list.changes)}.
          </span>
        </>
      )}
    </p>
  );
}

function RatedHere({ bookId, stars }: { readonly bookId: number; readonly stars: number | undefined }) {
  if (stars === undefined) {
    return (
      <>
        Without your rating of <BookTitle id={bookId} />
      </>
    );
  }
  return (
    <>
      Your {stars === 1 ? "1 star" : `${stars} stars`} for <BookTitle id={bookId} />
    </>
  );
}

const icons: Readonly<Record<ListCause["kind"], typeof IconBolt>> = {
  "rated-here": IconArrowsSort,
  "rated-elsewhere": IconBolt,
  model: IconRefresh,
};
