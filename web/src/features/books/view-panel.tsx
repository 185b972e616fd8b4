import { Skeleton, Tabs } from "@mantine/core";
import { lazy, Suspense } from "react";
import { ErrorBoundary } from "../../components/error-boundary.tsx";
import { PartFailure } from "../../shell/part-failure.tsx";
import { Catalogue } from "./catalogue/catalogue.tsx";
import { ForYou } from "./recommendations/for-you.tsx";
import type { Recommendations } from "./recommendations/use-recommendations.ts";
import type { BooksLocation, View } from "./use-books-location.ts";

// The views that few begin with. Where they cannot be loaded, that is seen in their place, and the tabs go on.
const LaterView = lazy(async () => ({ default: (await import("./later-view.tsx")).LaterView }));

/** The view to show, and what it works with. */
export interface ViewPanelProps {
  readonly view: View;
  readonly location: BooksLocation;
  readonly recommendations: Recommendations;
}

/** The view that the tabs around it have chosen. Only that one is there, so that only it makes calls. */
export function ViewPanel({ view, location, recommendations }: ViewPanelProps) {
  return (
    <Tabs.Panel value={view}>
      <ErrorBoundary resetKey={view} fallback={() => <PartFailure />}>
        <Suspense fallback={<Skeleton height="17rem" />}>
          {view === "catalogue" ? (
            <Catalogue location={location} />
          ) : view === "for-you" ? (
            <ForYou recommendations={recommendations} />
          ) : (
            <LaterView view={view} />
          )}
        </Suspense>
      </ErrorBoundary>
    </Tabs.Panel>
  );
}
