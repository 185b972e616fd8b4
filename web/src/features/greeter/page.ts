import { IconMessageHeart } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/greeter",
  label: "Greeter",
  place: 20,
  icon: IconMessageHeart,
  hue: "vermilion",
  header: {
    title: "Greeter",
    lede: "Greet anyone in any of the greeter’s languages. Every greeting made on this server, whoever made it and through whatever protocol, appears on the wall as it happens.",
  },
  load: async () => (await import("./greeter-page.tsx")).GreeterPage,
};
