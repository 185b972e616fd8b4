import { IconCompass } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/explorer",
  label: "Explorer",
  place: 90,
  icon: IconCompass,
  header: {
    title: "Explorer",
    lede: "Call any method that this server offers, streams of all kinds included. All that the page knows of the services is what the server tells it by reflection.",
  },
  load: async () => (await import("./explorer-page.tsx")).ExplorerPage,
};
