import { Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { ErrorBoundary } from "./components/error-boundary.tsx";
import { lazyPart } from "./components/lazy-part.ts";
import { PageHeader } from "./components/page-header.tsx";
import { PaletteControl } from "./palette/palette-control.tsx";
import { AppShell } from "./shell/app-shell.tsx";
import { PageFailure } from "./shell/page-failure.tsx";
import { PageSkeleton } from "./shell/page-skeleton.tsx";
import { pages } from "./shell/pages.ts";

const NotFoundPage = lazyPart(async () => (await import("./shell/not-found-page.tsx")).NotFoundPage, PageFailure);

/** The app inside its providers: the page that the URL names, in the shell. */
export function App() {
  const [path] = useLocation();
  return (
    <AppShell foot={<PaletteControl />}>
      <ErrorBoundary resetKey={path} fallback={() => <PageFailure />}>
        <Switch>
          {pages.map(({ path, header, Component }) => (
            <Route key={path} path={path}>
              {header !== undefined && <PageHeader {...header} />}
              <Suspense fallback={<PageSkeleton />}>
                <Component />
              </Suspense>
            </Route>
          ))}
          <Route>
            <Suspense fallback={<PageSkeleton />}>
              <NotFoundPage />
            </Suspense>
          </Route>
        </Switch>
      </ErrorBoundary>
    </AppShell>
  );
}
