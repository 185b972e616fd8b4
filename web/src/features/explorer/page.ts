import { IconCompass } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/explorer",
  label: "Explorer",
  place: 90,
  icon: IconCompass,
  load: async () => (await import("./explorer-page.tsx")).ExplorerPage,
};
