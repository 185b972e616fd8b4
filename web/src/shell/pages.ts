import { type ComponentType, type LazyExoticComponent, lazy } from "react";
import type { Hue } from "../components/hue.ts";

/** A page of the app. */
export interface Page {
  readonly path: string;
  /** Its name in the navigation. */
  readonly label: string;
  readonly hue: Hue | undefined;
  /** The page itself, loaded when it is first shown. */
  readonly Component: LazyExoticComponent<ComponentType>;
  /** Loads the page ahead of time: when a link to it is pointed at or focused. */
  readonly preload: () => void;
}

function page(path: string, label: string, hue: Hue | undefined, load: () => Promise<ComponentType>): Page {
  const Component = lazy(async () => ({ default: await load() }));
  // Where it cannot be loaded ahead of time, it is loaded again, and fails visibly, when it is shown.
  const preload = () => void load().catch(() => {});
  return { path, label, hue, Component, preload };
}

/** All pages, in the order of the navigation. */
export const pages: readonly Page[] = [
  page("/", "Overview", undefined, async () => (await import("../features/overview/overview-page.tsx")).OverviewPage),
  page(
    "/calculator",
    "Calculator",
    "lapis",
    async () => (await import("../features/calculator/calculator-page.tsx")).CalculatorPage,
  ),
  page(
    "/greeter",
    "Greeter",
    "vermilion",
    async () => (await import("../features/greeter/greeter-page.tsx")).GreeterPage,
  ),
  page("/books", "Books", "verdigris", async () => (await import("../features/books/books-page.tsx")).BooksPage),
  page("/streams", "Streams", "ochre", async () => (await import("../features/streams/streams-page.tsx")).StreamsPage),
  page(
    "/explorer",
    "Explorer",
    undefined,
    async () => (await import("../features/explorer/explorer-page.tsx")).ExplorerPage,
  ),
];
