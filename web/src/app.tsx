import { Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
import { PageHeader } from "./components/page-header.tsx";
import { PaletteControl } from "./palette/palette-control.tsx";
import { AppShell } from "./shell/app-shell.tsx";
import { ErrorBoundary } from "./shell/error-boundary.tsx";
import { NotFoundPage } from "./shell/not-found-page.tsx";
import { PageFailure } from "./shell/page-failure.tsx";
import { PageSkeleton } from "./shell/page-skeleton.tsx";
import { pages } from "./shell/pages.ts";

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
            <NotFoundPage />
          </Route>
        </Switch>
      </ErrorBoundary>
    </AppShell>
  );
}
