import { Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { Suspense, useMemo, useRef } from "react";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { lazyPart } from "../../components/lazy-part.ts";
import { PartFailure } from "../../shell/part-failure.tsx";
import { keptForTab } from "../../storage/kept-storage.ts";
import { BasketContext } from "./basket/basket-context.ts";
import classes from "./books-of-reader.module.css";
import { OpenedBook } from "./details/opened-book.tsx";
import { ModelContext } from "./model/model-context.ts";
import { useModel } from "./model/use-model.ts";
import { RatingsContext } from "./rating/ratings-context.ts";
import { type NoteList, useNotedRatings } from "./rating/use-noted-ratings.ts";
import { useReaderRatings } from "./rating/use-reader-ratings.ts";
import { ForYou } from "./recommendations/for-you.tsx";
import { useFreshRatings } from "./recommendations/use-fresh-ratings.ts";
import { useRecommendations } from "./recommendations/use-recommendations.ts";
import { views as booksViews, useBooksLocation } from "./use-books-location.ts";
import { useRecovery } from "./use-recovery.ts";
import { ViewPanel } from "./view-panel.tsx";
import { ViewTabs } from "./view-tabs.tsx";

// Nobody orders before there are books.
const BasketButton = lazyPart(
  async () => (await import("./basket/basket-button.tsx")).BasketButton,
  () => null,
);

// Nobody has scrolled before there is something, and no catalogue takes the place of another before the model does.
const BesideViews = lazyPart(
  async () => (await import("./beside-views.tsx")).BesideViews,
  () => null,
);

// As wide as in the style sheet.
const wideQuery = "(min-width: 62rem)";

/** Everything about books for one reader: the views, the live recommendations beside them on a wide screen, the basket. */
export function BooksOfReader({ readerId }: { readonly readerId: number }) {
  const location = useBooksLocation();
  const wide = useMediaQuery(wideQuery, false, { getInitialValueInEffect: false });
  const recommendations = useRecommendations(readerId);
  const note = useMemo(() => noteLater(readerId), [readerId]);
  const ratings = useNotedRatings(useReaderRatings(readerId), recommendations, note);
  const model = useModel();
  useFreshRatings(recommendations.data.sequence, ratings.refetch);
  useRecovery(recommendations.state.kind === "live");
  const basket = useMemo(() => ({ readerId }), [readerId]);
  const view = wide && location.view === "for-you" ? "catalogue" : location.view;
  const views = useRef<HTMLDivElement>(null);
  const place = view === "catalogue" ? `${location.query} in ${location.category}` : "";
  const choose = (chosen: string | null) => {
    const next = booksViews.find((one) => one === chosen);
    // The tab that is chosen already leads back to the top of its view.
    if (next === view) views.current?.scrollIntoView({ block: "start" });
    else if (next !== undefined) location.change({ view: next });
  };
  return (
    <RatingsContext value={ratings}>
      <ModelContext value={model}>
        <BasketContext value={basket}>
          <OpenedBook>
            <div className={classes.page}>
              <Tabs ref={views} value={view} onChange={choose} keepMounted={false} className={classes.views ?? ""}>
                {wide && (
                  <a href="#recommendations" className={classes.skip}>
                    Skip to the recommendations
                  </a>
                )}
                <div className={classes.bar}>
                  <ViewTabs view={view} wide={wide} />
                  <Suspense fallback={<div className={classes.basket} />}>
                    <BasketButton />
                  </Suspense>
                </div>
                <Suspense fallback={null}>
                  <BesideViews view={view} place={place} content={views} model={model.data.model} />
                </Suspense>
                <ViewPanel view={view} location={location} recommendations={recommendations} />
              </Tabs>
              {wide && (
                <aside id="recommendations" tabIndex={-1} className={classes.aside} aria-label="Live recommendations">
                  <ErrorBoundary resetKey="recommendations" fallback={() => <PartFailure />}>
                    <ForYou recommendations={recommendations} />
                  </ErrorBoundary>
                </aside>
              )}
            </div>
          </OpenedBook>
        </BasketContext>
      </ModelContext>
    </RatingsContext>
  );
}

/** Keeps lists for the pages of the rated books. Where the code for that cannot be loaded, these say that they know of none. */
function noteLater(readerId: number): NoteList {
  return (bookId, list) =>
    void import("./rating/lists-before.ts")
      .then(({ createListsBefore }) => createListsBefore(keptForTab, readerId).set(bookId, list))
      .catch(() => {});
}
