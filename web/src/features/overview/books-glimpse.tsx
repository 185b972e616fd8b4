import { useQuery } from "@connectrpc/connect-query";
import { Skeleton } from "@mantine/core";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { ErrorNotice } from "../../errors/error-notice.tsx";
import { useReader } from "../../reader/use-reader.ts";
import { IsolatedNames } from "../../text/isolated-names.tsx";
import classes from "./glimpse.module.css";

/** The first books of the reader's recommendations. */
export function BooksGlimpse() {
  const { readerId } = useReader();
  const { data, error, refetch } = useQuery(RecommendationService.method.recommend, {
    userId: readerId,
    maxResults: 3,
    diverse: true,
  });
  return (
    <>
      <p className={classes.line}>Rate what you have read; the list follows.</p>
      {error !== null ? (
        <ErrorNotice error={error} onRetry={() => void refetch()} withoutDetail />
      ) : data === undefined ? (
        <Skeleton height="9rem" />
      ) : (
        <ol className={classes.books}>
          {data.recommendations.map(({ book }) => (
            <li key={book?.id}>
              <span className={classes.bookTitle} dir="auto">
                {book?.title}
              </span>
              <bdi className={classes.author}>
                <IsolatedNames text={book?.authors.join(", ") ?? ""} names={book?.authors ?? []} />
              </bdi>
            </li>
          ))}
        </ol>
      )}
    </>
  );
}
