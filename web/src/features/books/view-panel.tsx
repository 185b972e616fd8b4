import { Catalogue } from "./catalogue/catalogue.tsx";
import { MyRatings } from "./my-ratings/my-ratings.tsx";
import { LiveOrders } from "./orders/live-orders.tsx";
import { ForYou } from "./recommendations/for-you.tsx";
import type { Recommendations } from "./recommendations/use-recommendations.ts";
import type { BooksLocation, View } from "./use-books-location.ts";

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
      {view === "catalogue" && <Catalogue location={location} />}
      {view === "for-you" && <ForYou recommendations={recommendations} />}
      {view === "ratings" && <MyRatings />}
      {view === "orders" && <LiveOrders />}
    </div>
  );
}
