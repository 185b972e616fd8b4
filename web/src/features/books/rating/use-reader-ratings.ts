import { useTransport } from "@connectrpc/connect-query";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type Book,
  type Rating,
  RecommendationService,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useNotify } from "../../../notices/use-notify.ts";
import { useServiceClient } from "../../../transport/use-service-client.ts";
import { createRatingWriter, type RatingsUnderWay } from "./rating-writer.ts";
import { readerRatingsQuery } from "./reader-ratings-query.ts";
import { withRating } from "./with-rating.ts";

/** A reader's ratings, and how to change them. */
export interface ReaderRatings {
  /** All ratings that the server has, the latest first; undefined until they are known. */
  readonly ratings: readonly Rating[] | undefined;
  /** Why the ratings cannot be had. */
  readonly error: Error | null;
  readonly underWay: RatingsUnderWay;
  /** The stars of a book as the reader wants them: at once what was chosen, and what the server has where that failed. */
  starsOf(bookId: number): number | undefined;
  /** Rates a book with 1 to 5 stars; undefined withdraws. A failure is taken back and shown as a notice. */
  rate(book: Book, stars: number | undefined): void;
  /** Asks the server again. */
  readonly refetch: () => void;
}

/** The ratings of a reader. Changes show at once and are taken back when the server does not store them. */
export function useReaderRatings(readerId: number): ReaderRatings {
  const transport = useTransport();
  const query = useMemo(() => readerRatingsQuery(transport, readerId), [transport, readerId]);
  const { data: ratings, error, refetch } = useQuery(query);
  const writer = useRatingWriter(readerId, query.queryKey);
  const underWay = useSyncExternalStore(writer.subscribe, writer.underWay);

  const refetchNow = useCallback(() => void refetch(), [refetch]);
  return useMemo(() => {
    const stored = new Map(ratings?.map(({ book, stars }) => [book?.id, stars]));
    return {
      ratings,
      error,
      underWay,
      starsOf: (bookId) => (underWay.wanted.has(bookId) ? underWay.wanted.get(bookId) : stored.get(bookId)),
      rate: ({ id }, stars) => writer.rate(id, stars),
      refetch: refetchNow,
    };
  }, [ratings, error, underWay, writer, refetchNow]);
}

function useRatingWriter(userId: number, queryKey: ReturnType<typeof readerRatingsQuery>["queryKey"]) {
  const client = useServiceClient(RecommendationService);
  const queries = useQueryClient();
  const notify = useNotify();
  return useMemo(
    () =>
      createRatingWriter<Rating>({
        async send(bookId, stars) {
          const change =
            stars === undefined ? { case: "withdraw" as const, value: true } : { case: "stars" as const, value: stars };
          const { rating, sequence } = await client.rateBook({ userId, bookId, change });
          return { rating, sequence };
        },
        async onStored(bookId, { rating }) {
          // A list that was asked for before this rating was stored must not arrive after it.
          await queries.cancelQueries({ queryKey });
          const known = queries.getQueryData<readonly Rating[]>(queryKey);
          if (known === undefined) void queries.invalidateQueries({ queryKey });
          else queries.setQueryData(queryKey, withRating(known, bookId, rating));
        },
        onFailed(_bookId, error) {
          notify({ kind: "error", text: "The rating was not stored, so the stars are back as they were.", error });
        },
      }),
    [client, queries, notify, userId, queryKey],
  );
}
