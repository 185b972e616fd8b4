import { IconHeartRateMonitor } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/operations",
  label: "Operations",
  place: 95,
  icon: IconHeartRateMonitor,
  isForOperators: true,
  hue: "verdigris",
  header: {
    title: "Operations",
    lede: "How the server is right now, for a person who was woken at three in the morning: what stands out comes first, in plain words.",
  },
  load: async () => (await import("./operations-page.tsx")).OperationsPage,
};
