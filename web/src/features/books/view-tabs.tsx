import { Tabs } from "@mantine/core";
import { useEffect, useRef } from "react";
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

/** The tabs of the page, inside its `Tabs`, that of `view` in sight. On a `wide` screen the recommendations stand beside the views, and are none of them. */
export function ViewTabs({ view, wide }: { readonly view: View; readonly wide: boolean }) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const tab = list.current?.children[shownViews(wide).indexOf(view)];
    // Not by `scrollIntoView`, which would move the page, too.
    if (tab instanceof HTMLElement) list.current?.scrollTo?.({ left: tab.offsetLeft - tab.offsetWidth });
  }, [view, wide]);
  return (
    <Tabs.List ref={list} aria-label="Books" className={`${tabs.list} ${classes.list}`}>
      {shownViews(wide).map((shown) => (
        <Tabs.Tab key={shown} value={shown} className={tabs.tab ?? ""}>
          {labels[shown]}
        </Tabs.Tab>
      ))}
    </Tabs.List>
  );
}

function shownViews(wide: boolean): readonly View[] {
  return views.filter((view) => !wide || view !== "for-you");
}
