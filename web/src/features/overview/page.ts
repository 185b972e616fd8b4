import { IconHome } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/",
  label: "Overview",
  place: 0,
  icon: IconHome,
  header: {
    title: "Three services, three protocols, one port",
    lede: "This page calls the same endpoints as any gRPC client, straight from the browser, and shows what streams in as it arrives. Choose another protocol at the top, and the same page speaks that instead.",
  },
  load: async () => (await import("./overview-page.tsx")).OverviewPage,
};
