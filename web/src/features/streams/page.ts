import { IconArrowsDiff } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/streams",
  label: "Streams",
  place: 80,
  icon: IconArrowsDiff,
  hue: "ochre",
  load: async () => (await import("./streams-page.tsx")).StreamsPage,
};
