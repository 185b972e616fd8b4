import type { Transport } from "@connectrpc/connect";
import { callUnaryMethod, useTransport } from "@connectrpc/connect-query";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import {
  type Book,
  type Rating,
  RecommendationService,
} from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { useCallback, useMemo, useSyncExternalStore } from "react";
import { useNotify } from "../../../notices/use-notify.ts";
import { withStored, withWanted } from "./known-ratings.ts";
import { createRatingWriter } from "./rating-writer.ts";
import { readerRatingsQuery } from "./reader-ratings-query.ts";

/** A reader's ratings, and how to change them. */
export interface ReaderRatings {
  /** All ratings as the reader wants them, the latest first: with the changes that are on their way. Undefined until they are known. */
  readonly ratings: readonly Rating[] | undefined;
  /** Why the ratings cannot be had. */
  readonly error: Error | null;
  /** The stars of a book as the reader wants them, also before all ratings are known; undefined for none. */
  starsOf(bookId: number): number | undefined;
  /** Whether the change of a book's rating with this sequence number was made here, as one that is on its way counts too. */
  isOwn(bookId: number, sequence: bigint): boolean;
  /** Rates a book with 1 to 5 stars; undefined withdraws. A failure is taken back and shown as a notice. */
  rate(book: Book, stars: number | undefined): void;
  /** Asks the server again. */
  readonly refetch: () => void;
}

/** The ratings of a reader. Changes show at once and are taken back when the server does not store them. */
export function useReaderRatings(readerId: number): ReaderRatings {
  const transport = useTransport();
  const query = useMemo(() => readerRatingsQuery(transport, readerId), [transport, readerId]);
  const { data: stored, error, refetch } = useQuery(query);
  const writer = useRatingWriter(transport, readerId, query.queryKey);
  const { wanted, ownSequences } = useSyncExternalStore(writer.subscribe, writer.underWay);

  const refetchNow = useCallback(() => void refetch(), [refetch]);
  return useMemo(() => {
    const ratings = withWanted(stored ?? [], wanted);
    const stars = new Map(ratings.map((rating) => [rating.book?.id, rating.stars]));
    return {
      ratings: stored === undefined ? undefined : ratings,
      error,
      starsOf: (bookId) => stars.get(bookId),
      isOwn: (bookId, sequence) => wanted.has(bookId) || ownSequences.includes(sequence),
      rate: writer.rate,
      refetch: refetchNow,
    };
  }, [stored, error, wanted, ownSequences, writer, refetchNow]);
}

function useRatingWriter(
  transport: Transport,
  userId: number,
  queryKey: ReturnType<typeof readerRatingsQuery>["queryKey"],
) {
  const queries = useQueryClient();
  const notify = useNotify();
  return useMemo(
    () =>
      createRatingWriter<Book, Rating>({
        async send(bookId, stars) {
          const change =
            stars === undefined ? { case: "withdraw" as const, value: true } : { case: "stars" as const, value: stars };
          const { rating, sequence } = await callUnaryMethod(transport, RecommendationService.method.rateBook, {
            userId,
            bookId,
            change,
          });
          return { rating, sequence };
        },
        async onStored(bookId, { rating }) {
          // A list that was asked for before this rating was stored must not arrive after it.
          await queries.cancelQueries({ queryKey });
          const known = queries.getQueryData<readonly Rating[]>(queryKey);
          if (known === undefined) await queries.invalidateQueries({ queryKey });
          else queries.setQueryData(queryKey, withStored(known, bookId, rating));
        },
        onFailed(_bookId, error) {
          notify({ kind: "error", text: "The rating was not stored, so the stars are back as they were.", error });
        },
      }),
    [transport, queries, notify, userId, queryKey],
  );
}
