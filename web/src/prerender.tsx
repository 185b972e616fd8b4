import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { Router } from "wouter";
import { PageHeader } from "./components/page-header.tsx";
import { documentTitle } from "./hooks/use-document-title.ts";
import { ReaderContext } from "./reader/reader-context.ts";
import { createReaderStore } from "./reader/reader-store.ts";
import { AppShell } from "./shell/app-shell.tsx";
import { NotFoundPage, notFoundTitle } from "./shell/not-found-page.tsx";
import { PageSkeleton } from "./shell/page-skeleton.tsx";
import { type Page, pages } from "./shell/pages.ts";
import { createColorSchemeManager } from "./storage/color-scheme-manager.ts";
import type { KeptStorage } from "./storage/kept-storage.ts";
import { ThemeProvider } from "./theme/theme-provider.tsx";

/** What a browser can paint of a page before the app's script runs. */
export interface PageDocument {
  /** Such as `books.html` for the page at `/books`, `books/[id].html` for those at `/books/:id`; `not-found.html` is for every address without a page. */
  readonly fileName: string;
  readonly title: string;
  /** What the page is for; undefined where it does not say. */
  readonly description: string | undefined;
  /** The `page.ts` that describes it, as seen from `shell/`; undefined where there is no page. */
  readonly source: string | undefined;
  /** What the app's first render shows, as HTML. */
  readonly markup: string;
}

/** The documents of all pages. Runs when the app is built. */
export function prerender(): PageDocument[] {
  return [...pages.map(pageDocument), notFoundDocument()];
}

function pageDocument({ path, label, header, source }: Page): PageDocument {
  return {
    fileName: path === "/" ? "index.html" : `${path.slice(1).replace(":id", "[id]")}.html`,
    title: documentTitle(header?.title ?? label),
    description: header?.lede,
    source,
    markup: renderToStaticMarkup(
      <Shell path={path}>
        {header !== undefined && <PageHeader {...header} />}
        <PageSkeleton />
      </Shell>,
    ),
  };
}

function notFoundDocument(): PageDocument {
  return {
    fileName: "not-found.html",
    title: documentTitle(notFoundTitle),
    description: undefined,
    source: undefined,
    markup: renderToStaticMarkup(
      <Shell path="/not-found">
        <NotFoundPage />
      </Shell>,
    ),
  };
}

// Whose reader it is and what they chose is known in the browser only; the controls that show it are hidden until then.
const nothingKept: KeptStorage = { getItem: () => null, setItem() {}, removeItem() {} };
const reader = createReaderStore(nothingKept, () => 0);
const colorSchemeManager = createColorSchemeManager(nothingKept);

function Shell({ path, children }: { readonly path: string; readonly children: ReactNode }) {
  return (
    <ThemeProvider colorSchemeManager={colorSchemeManager}>
      <Router ssrPath={path}>
        <ReaderContext value={reader}>
          <AppShell>{children}</AppShell>
        </ReaderContext>
      </Router>
    </ThemeProvider>
  );
}
