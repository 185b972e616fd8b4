import { Discover } from "./discover/discover.tsx";
import { MyRatings } from "./my-ratings/my-ratings.tsx";
import { LiveOrders } from "./orders/live-orders.tsx";
import type { View } from "./use-books-location.ts";

/** One of the views that few begin with: they are small, and loaded together. */
export function LaterView({ view }: { readonly view: Exclude<View, "catalogue" | "for-you"> }) {
  if (view === "discover") return <Discover />;
  return view === "ratings" ? <MyRatings /> : <LiveOrders />;
}
