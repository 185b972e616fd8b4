import { Skeleton } from "@mantine/core";
import { lazy, Suspense } from "react";
import { ErrorBoundary } from "../../shell/error-boundary.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import { Catalogue } from "./catalogue/catalogue.tsx";
import { ForYou } from "./recommendations/for-you.tsx";
import type { Recommendations } from "./recommendations/use-recommendations.ts";
import type { BooksLocation, View } from "./use-books-location.ts";

// The views that few begin with. Where one cannot be loaded, it fails alone, and the tabs go on.
const MyRatings = lazy(async () => ({ default: (await import("./my-ratings/my-ratings.tsx")).MyRatings }));
const Discover = lazy(async () => ({ default: (await import("./discover/discover.tsx")).Discover }));
const LiveOrders = lazy(async () => ({ default: (await import("./orders/live-orders.tsx")).LiveOrders }));

/** The view to show, and what it works with. */
export interface ViewPanelProps {
  readonly view: View;
  readonly location: BooksLocation;
  readonly recommendations: Recommendations;
}

/** The view that the tabs have chosen. Only that one is there, so that only it makes calls. */
export function ViewPanel({ view, location, recommendations }: ViewPanelProps) {
  return (
    <div role="tabpanel" id="books-view" aria-labelledby={`books-tab-${view}`}>
      <ErrorBoundary resetKey={view} fallback={() => <PartFailure />}>
        <Suspense fallback={<Skeleton height="17rem" />}>
          {view === "catalogue" && <Catalogue location={location} />}
          {view === "for-you" && <ForYou recommendations={recommendations} />}
          {view === "discover" && <Discover />}
          {view === "ratings" && <MyRatings />}
          {view === "orders" && <LiveOrders />}
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
