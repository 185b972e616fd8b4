import { useQuery } from "@connectrpc/connect-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { Panel } from "../../../components/panel.tsx";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { useRatings } from "../rating/ratings-context.ts";
import { useFreshRatings } from "../recommendations/use-fresh-ratings.ts";
import { RatingsChart } from "./ratings-chart.tsx";
import classes from "./ratings-panel.module.css";

/** Whose ratings, and what tells of new ones. */
export interface RatingsPanelProps {
  readonly bookId: number;
  /** The number of the reader's latest change that the server tells of. */
  readonly sequence: bigint | undefined;
}

/** What all readers together think of a book: the mean, and how many gave how many stars. Counted again when this reader rates. */
export function RatingsPanel({ bookId, sequence }: RatingsPanelProps) {
  const { data, error, refetch } = useQuery(RecommendationService.method.countRatings, { bookId });
  const { starsOf } = useRatings();
  useFreshRatings(sequence, () => void refetch());
  const counts = data?.counts ?? [];
  const readers = counts.reduce((sum, count) => sum + count.readers, 0);
  return (
    <Panel
      title="Readers’ ratings"
      aside={data !== undefined && readers > 0 && <Mean mean={data.mean} readers={readers} />}
    >
      {error !== null && <ErrorNotice error={error} onRetry={() => void refetch()} />}
      {error === null && <RatingsChart counts={counts} ownStars={starsOf(bookId)} />}
      {data !== undefined && readers === 0 && <p className={classes.none}>No reader has rated it yet.</p>}
    </Panel>
  );
}

function Mean({ mean, readers }: { readonly mean: number; readonly readers: number }) {
  return (
    <p className={classes.mean}>
      <strong>{mean.toFixed(1)}</strong> of 5 stars, by{" "}
      {readers === 1 ? "1 reader" : `${readers.toLocaleString("en")} readers`}
    </p>
  );
}
