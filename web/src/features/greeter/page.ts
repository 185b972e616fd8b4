import { IconMessageHeart } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/greeter",
  label: "Greeter",
  place: 20,
  icon: IconMessageHeart,
  hue: "vermilion",
  load: async () => (await import("./greeter-page.tsx")).GreeterPage,
};
