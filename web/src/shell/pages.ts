import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { PageEntry } from "./page-entry.ts";

/** A page of the app. */
export interface Page extends PageEntry {
  /** The page below its header, loaded when it is first shown. */
  readonly Component: LazyExoticComponent<ComponentType>;
  /** Loads the page ahead of time: when a link to it is pointed at or focused. */
  readonly preload: () => void;
}

const entries = import.meta.glob<PageEntry>("../features/*/page.ts", { eager: true, import: "page" });

/** All pages, in the order of the navigation: every feature that has a `page.ts`. */
export const pages: readonly Page[] = Object.values(entries)
  .sort((a, b) => a.place - b.place || a.path.localeCompare(b.path))
  .map(createPage);

function createPage(entry: PageEntry): Page {
  const Component = lazy(async () => ({ default: await entry.load() }));
  // Where it cannot be loaded ahead of time, it fails visibly when it is shown, unless the browser tries again and succeeds.
  const preload = () => void entry.load().catch(() => {});
  return { ...entry, Component, preload };
}
