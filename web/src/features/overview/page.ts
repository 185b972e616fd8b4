import { IconHome } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/",
  label: "Overview",
  place: 0,
  icon: IconHome,
  load: async () => (await import("./overview-page.tsx")).OverviewPage,
};
