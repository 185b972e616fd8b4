import { IconCompass } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/explorer",
  label: "Explorer",
  place: 90,
  icon: IconCompass,
  isWide: true,
  header: {
    title: "Explorer",
    lede: "Call any method of this server or another, streams of all kinds included. What the page knows of the services, it is told by reflection or by contracts that you upload.",
  },
  load: async () => (await import("./explorer-page.tsx")).ExplorerPage,
};
