import { Skeleton } from "@mantine/core";
import { IconStar } from "@tabler/icons-react";
import { EmptyState } from "../../../components/empty-state.tsx";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { useRatings } from "../rating/ratings-context.ts";
import { Shelf } from "../shelf/shelf.tsx";
import type { ShelfSpacing } from "../shelf/use-shelf-layout.ts";
import classes from "./my-ratings.module.css";
import { RatedBook } from "./rated-book.tsx";

const spacing: ShelfSpacing = { columnRem: 19, fewestColumns: 1, columnGapRem: 2, rowGapRem: 0, heightRem: 7.5 };

/** What the reader has rated, the latest first, to change or withdraw. Books being withdrawn are gone at once. */
export function MyRatings() {
  const { ratings, error, refetch } = useRatings();
  return (
    <Panel
      title="My ratings"
      aside={
        ratings !== undefined && <span className={classes.count}>{`${ratings.length.toLocaleString("en")} rated`}</span>
      }
    >
      {error !== null && <ErrorNotice error={error} onRetry={refetch} />}
      {ratings === undefined && error === null && <Skeleton height="14rem" />}
      {ratings?.length === 0 && (
        <EmptyState title="Nothing rated yet" icon={<IconStar size={32} stroke={1.5} />}>
          Give a book in the catalogue one to five stars, and it appears here.
        </EmptyState>
      )}
      <Shelf
        label="Rated books"
        count={ratings?.length ?? 0}
        spacing={spacing}
        keyOf={(index) => ratings?.[index]?.book?.id ?? index}
      >
        {(index) => {
          const rating = ratings?.[index];
          return rating !== undefined && <RatedBook rating={rating} />;
        }}
      </Shelf>
    </Panel>
  );
}
