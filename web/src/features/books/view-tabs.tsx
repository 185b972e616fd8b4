import { Tabs } from "@mantine/core";
import tabs from "../../components/tabs.module.css";
import { type View, views } from "./use-books-location.ts";
import classes from "./view-tabs.module.css";

const labels: Readonly<Record<View, string>> = {
  catalogue: "Catalogue",
  "for-you": "For you",
  discover: "Discover",
  ratings: "My ratings",
  orders: "Orders",
};

/** The tabs of the page, inside its `Tabs`. On a `wide` screen the recommendations stand beside the views, and are none of them. */
export function ViewTabs({ wide }: { readonly wide: boolean }) {
  return (
    <Tabs.List aria-label="Books" className={`${tabs.list} ${classes.list}`}>
      {views
        .filter((view) => !wide || view !== "for-you")
        .map((view) => (
          <Tabs.Tab key={view} value={view} className={tabs.tab ?? ""}>
            {labels[view]}
          </Tabs.Tab>
        ))}
    </Tabs.List>
  );
}
