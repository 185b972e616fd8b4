import { Code, ConnectError } from "@connectrpc/connect";
import { useQuery } from "@connectrpc/connect-query";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { Suspense, useMemo, useRef, useState } from "react";
import { lazyPart } from "../../../components/lazy-part.ts";
import { PageHeader } from "../../../components/page-header.tsx";
import { preloadable } from "../../../components/preloadable.ts";
import { ErrorNotice } from "../../../errors/error-notice.tsx";
import { AppLink } from "../../../shell/app-link.tsx";
import { BasketContext } from "../basket/basket-context.ts";
import { RatingsContext } from "../rating/ratings-context.ts";
import { useReaderRatings } from "../rating/use-reader-ratings.ts";
import { useFreshRatings } from "../recommendations/use-fresh-ratings.ts";
import { useRecommendations } from "../recommendations/use-recommendations.ts";
import { useRecovery } from "../use-recovery.ts";
import { BookFactsSkeleton } from "./book-facts-skeleton.tsx";
import classes from "./book-of-reader.module.css";
import { cameBack } from "./came-back.ts";
import { NoSuchBook } from "./no-such-book.tsx";

// Nobody orders before there is a book.
const BasketButton = lazyPart(
  async () => (await import("../basket/basket-button.tsx")).BasketButton,
  () => null,
);

// Nobody has scrolled before there is something.
const KeepScroll = lazyPart(
  async () => (await import("../keep-scroll.ts")).KeepScroll,
  () => null,
);

// They come while the server is asked. Where they cannot be loaded, the page fails visibly.
const { Component: BookParts, preload } = preloadable(async () => (await import("./book-parts.tsx")).BookParts);
void preload();

/** Whose page it is, and of which book. */
export interface BookOfReaderProps {
  readonly bookId: number;
  readonly readerId: number;
}

/** A book with what this reader thinks of it, what all readers do, what moved since it was rated, and the books like it. */
export function BookOfReader({ bookId, readerId }: BookOfReaderProps) {
  const { data, error, refetch } = useQuery(RecommendationService.method.getBook, { id: bookId });
  const recommendations = useRecommendations(readerId);
  const ratings = useReaderRatings(readerId);
  useFreshRatings(recommendations.data.sequence, ratings.refetch);
  useRecovery(recommendations.state.kind === "live");
  const basket = useMemo(() => ({ readerId }), [readerId]);
  const page = useRef<HTMLDivElement>(null);
  const [isReturn] = useState(cameBack);
  const book = data?.book;
  if (error !== null && ConnectError.from(error).code === Code.NotFound) return <NoSuchBook id={String(bookId)} />;
  return (
    <RatingsContext value={ratings}>
      <BasketContext value={basket}>
        <div ref={page} className={classes.page}>
          <Suspense fallback={null}>
            <KeepScroll view={`book-${bookId}`} place="" content={page} startsAtTop={!isReturn} />
          </Suspense>
          <div className={classes.bar}>
            <AppLink href="/books" className={classes.back}>
              All books
            </AppLink>
            <Suspense fallback={<div className={classes.basket} />}>
              <BasketButton />
            </Suspense>
          </div>
          {error !== null && (
            <>
              <PageHeader title="Book" />
              <ErrorNotice error={error} onRetry={() => void refetch()} />
            </>
          )}
          <Suspense fallback={<BookFactsSkeleton />}>
            <BookParts
              bookId={bookId}
              book={book}
              failed={error !== null}
              recommendations={recommendations}
              readerId={readerId}
            />
          </Suspense>
        </div>
      </BasketContext>
    </RatingsContext>
  );
}
