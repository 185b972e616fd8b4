import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Hue } from "../components/hue.ts";

/** What the `page.ts` of a feature says of its page; the app finds it there. */
export interface PageEntry {
  readonly path: string;
  /** Its name in the navigation, and its title. */
  readonly label: string;
  /** Where it stands in the navigation: by this number, and by its path among those of the same. */
  readonly place: number;
  readonly icon: TablerIcon;
  readonly hue?: Hue;
  /** Loads the page itself, when it is first shown. */
  readonly load: () => Promise<ComponentType>;
}
