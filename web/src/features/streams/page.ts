import { IconArrowsDiff } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/streams",
  label: "Streams",
  place: 80,
  icon: IconArrowsDiff,
  hue: "ochre",
  header: {
    title: "Streams",
    lede: "gRPC has four kinds of call. Here they are side by side, live: every message that leaves this page and every one that comes back, on one time axis.",
  },
  load: async () => (await import("./streams-page.tsx")).StreamsPage,
};
