import { useMediaQuery } from "@mantine/hooks";
import { useMemo, useRef } from "react";
import { ErrorBoundary } from "../../shell/error-boundary.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import { keptForVisits } from "../../storage/kept-storage.ts";
import { BasketButton } from "./basket/basket-button.tsx";
import { BasketContext } from "./basket/basket-context.ts";
import { createBasketStore } from "./basket/basket-store.ts";
import { randomKey } from "./basket/random-key.ts";
import classes from "./books-of-reader.module.css";
import { OpenedBook } from "./details/opened-book.tsx";
import { ModelContext } from "./model/model-context.ts";
import { useFreshCatalogue } from "./model/use-fresh-catalogue.ts";
import { useModel } from "./model/use-model.ts";
import { RatingsContext } from "./rating/ratings-context.ts";
import { useReaderRatings } from "./rating/use-reader-ratings.ts";
import { ForYou } from "./recommendations/for-you.tsx";
import { useFreshRatings } from "./recommendations/use-fresh-ratings.ts";
import { useRecommendations } from "./recommendations/use-recommendations.ts";
import { useBooksLocation, type View } from "./use-books-location.ts";
import { useKeptScroll } from "./use-kept-scroll.ts";
import { useRecovery } from "./use-recovery.ts";
import { ViewPanel } from "./view-panel.tsx";
import { ViewTabs } from "./view-tabs.tsx";

// As wide as in the style sheet.
const wideQuery = "(min-width: 62rem)";

/** Everything about books for one reader: the views, the live recommendations beside them on a wide screen, the basket. */
export function BooksOfReader({ readerId }: { readonly readerId: number }) {
  const location = useBooksLocation();
  const wide = useMediaQuery(wideQuery, false, { getInitialValueInEffect: false });
  const ratings = useReaderRatings(readerId);
  const recommendations = useRecommendations(readerId);
  const model = useModel();
  useFreshCatalogue(model.data.model);
  useFreshRatings(recommendations.data.sequence, ratings.refetch);
  useRecovery(recommendations.state.kind === "live");
  const basket = useMemo(() => createBasketStore({ storage: keptForVisits, readerId, newKey: randomKey }), [readerId]);
  const view = wide && location.view === "for-you" ? "catalogue" : location.view;
  const views = useRef<HTMLDivElement>(null);
  useKeptScroll(view, view === "catalogue" ? `${location.query} in ${location.category}` : "", views);
  const choose = (next: View) => {
    // The tab that is chosen already leads back to the top of its view.
    if (next === view) views.current?.scrollIntoView({ block: "start" });
    else location.change({ view: next });
  };
  return (
    <RatingsContext value={ratings}>
      <ModelContext value={model}>
        <BasketContext value={basket}>
          <OpenedBook>
            <div className={classes.page}>
              <div ref={views} className={classes.views}>
                {wide && (
                  <a href="#recommendations" className={classes.skip}>
                    Skip to the recommendations
                  </a>
                )}
                <div className={classes.bar}>
                  <ViewTabs view={view} wide={wide} onChange={choose} />
                  <BasketButton />
                </div>
                <ViewPanel view={view} location={location} recommendations={recommendations} />
              </div>
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
