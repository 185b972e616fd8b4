import type { ComponentType } from "react";
import { preloadable } from "../components/preloadable.ts";
import type { PageEntry } from "./page-entry.ts";

/** A page of the app. */
export interface Page extends PageEntry {
  /** The `page.ts` that describes it, as seen from this folder. */
  readonly source: string;
  /** The page below its header, loaded when it is first shown. */
  readonly Component: ComponentType;
  /** Loads the page ahead of time, such as when a link to it is pointed at or focused. Never fails: that is seen when it is shown. */
  readonly preload: () => Promise<void>;
}

const entries = import.meta.glob<PageEntry>(["../features/*/page.ts", "../features/*/*/page.ts"], {
  eager: true,
  import: "page",
});

/** All pages, in the order of the navigation: every feature, and every part of one, that has a `page.ts`. */
export const pages: readonly Page[] = Object.entries(entries)
  .map(([source, entry]) => ({ ...entry, source, ...preloadable(entry.load) }))
  .sort((a, b) => a.place - b.place || a.path.localeCompare(b.path));

/** Those at one address each. */
export const placedPages: readonly Page[] = pages.filter(({ partOf }) => partOf === undefined);

/** Those of the navigation. */
export const navigationPages: readonly Page[] = placedPages.filter(({ isForOperators = false }) => !isForOperators);

/** The page at a path; undefined where there is none. */
export function pageAt(path: string): Page | undefined {
  const pattern = path.replace(/[^/]+$/, ":id");
  return pages.find((page) => page.path === path) ?? pages.find((page) => page.path === pattern);
}
