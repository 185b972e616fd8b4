import { Button, Skeleton } from "@mantine/core";
import { IconStar } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { useRatings } from "../rating/ratings-context.ts";
import { useKeptFocus } from "../use-kept-focus.ts";
import classes from "./my-ratings.module.css";
import { RatedBook } from "./rated-book.tsx";

const pageSize = 24;

/** What the reader has rated, the latest first, to change or withdraw. Books being withdrawn are gone at once. */
export function MyRatings() {
  const { ratings, error, starsOf, refetch } = useRatings();
  const [limit, setLimit] = useState(pageSize);
  const list = useRef<HTMLUListElement>(null);
  const held = ratings?.filter(({ book }) => book !== undefined && starsOf(book.id) !== undefined);
  const shown = held?.slice(0, limit) ?? [];
  const keepFocus = useKeptFocus(list, shown.map(({ book }) => book?.id).join());
  return (
    <Panel title="My ratings" aside={held !== undefined && <span className={classes.count}>{held.length} rated</span>}>
      {error !== null && <ErrorNotice error={error} onRetry={refetch} />}
      {held === undefined && error === null && <Skeleton height="14rem" />}
      {held?.length === 0 && (
        <EmptyState title="Nothing rated yet" icon={<IconStar size={32} stroke={1.5} />}>
          Give a book of the catalogue one to five stars, and it stands here.
        </EmptyState>
      )}
      <ul ref={list} className={classes.list} aria-label="Rated books" tabIndex={-1} onFocus={keepFocus}>
        {shown.map((rating) => (
          <RatedBook key={rating.book?.id} rating={rating} />
        ))}
      </ul>
      {held !== undefined && held.length > limit && (
        <Button variant="default" className={classes.more} onClick={() => setLimit((last) => last + pageSize)}>
          Show more ratings
        </Button>
      )}
    </Panel>
  );
}
