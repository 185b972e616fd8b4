import type { TablerIcon } from "@tabler/icons-react";
import type { ComponentType } from "react";
import type { PageHeaderProps } from "../components/page-header.tsx";
import type { Hue } from "../components/panel.tsx";

/** What the `page.ts` of a feature says of its page; the app finds it there. */
export interface PageEntry {
  /** Where it is; one that ends with `/:id` is at each address with any text in that place. */
  readonly path: string;
  /** Its name in the navigation. */
  readonly label: string;
  /** Where it stands in the navigation: by this number, and by its path among those of the same. */
  readonly place: number;
  readonly icon: TablerIcon;
  /** Whether it is for those who run the server, and has no place in the navigation: the palette leads there. */
  readonly isForOperators?: boolean;
  /** The path of the page that leads to it, where it has no place in the navigation itself: that one is marked there. */
  readonly partOf?: string;
  readonly hue?: Hue;
  /** Whether it takes all of the window, with a small header. */
  readonly isWide?: boolean;
  /**
   * What stands at its top: it is there before the page is loaded, and painted from HTML before the app's script runs. A page without one
   * shows its own.
   */
  readonly header?: PageHeaderProps;
  /** Loads the page below its header, when it is first shown. */
  readonly load: () => Promise<ComponentType>;
}
