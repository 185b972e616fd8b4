import { Suspense } from "react";
import { Route, Switch, useLocation } from "wouter";
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
    <AppShell>
      <ErrorBoundary resetKey={path} fallback={() => <PageFailure />}>
        <Suspense fallback={<PageSkeleton />}>
          <Switch>
            {pages.map(({ path, Component }) => (
              <Route key={path} path={path}>
                <Component />
              </Route>
            ))}
            <Route>
              <NotFoundPage />
            </Route>
          </Switch>
        </Suspense>
      </ErrorBoundary>
    </AppShell>
  );
}
