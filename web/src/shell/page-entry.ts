import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { Hue } from "../components/hue.ts";
import type { PageHeaderProps } from "../components/page-header.tsx";

/** What the `page.ts` of a feature says of its page; the app finds it there. */
export interface PageEntry {
  readonly path: string;
  /** Its name in the navigation. */
  readonly label: string;
  /** Where it stands in the navigation: by this number, and by its path among those of the same. */
  readonly place: number;
  readonly icon: TablerIcon;
  readonly hue?: Hue;
  /**
   * What stands at its top: it is there before the page is loaded, and painted from HTML before the app's script runs. A page without one
   * shows its own.
   */
  readonly header?: PageHeaderProps;
  /** Loads the page below its header, when it is first shown. */
  readonly load: () => Promise<ComponentType>;
}
