import { createRouterTransport, type Transport } from "@connectrpc/connect";
import { TransportProvider } from "@connectrpc/connect-query";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type RenderResult, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { Router } from "wouter";
import { memoryLocation } from "wouter/memory-location";
import { type PageEnvironment, StreamEnvironmentContext } from "../hooks/stream-environment.ts";
import { NoticesProvider } from "../notices/notices-provider.tsx";
import { ReaderContext } from "../reader/reader-context.ts";
import { createReaderStore } from "../reader/reader-store.ts";
import { createColorSchemeManager } from "../storage/color-scheme-manager.ts";
import { keptForVisits } from "../storage/kept-storage.ts";
import { ThemeProvider } from "../theme/theme-provider.tsx";
import { createFakeEnvironment } from "./fake-environment.ts";

/** What surrounds the component under test; each has a harmless default. */
export interface RenderAppOptions {
  /** An in-memory server: `createRouterTransport`. One without any service where absent. */
  readonly transport?: Transport;
  /** Where in the app the component is, with the query if any; `/` where absent. */
  readonly path?: string;
  /** The reader; 7 where absent. */
  readonly readerId?: number;
  /** The time of the streams; one that stands still where absent. */
  readonly environment?: PageEnvironment;
}

/** Renders a component inside everything the app gives its pages. Queries do not try again. */
export function renderApp(children: ReactNode, options: RenderAppOptions = {}): RenderResult {
  const { transport = createRouterTransport(() => {}), path = "/", readerId = 7 } = options;
  const environment = options.environment ?? createFakeEnvironment();
  const { hook, searchHook } = memoryLocation({
    path: path.split("?")[0] ?? "/",
    searchPath: path.split("?")[1] ?? "",
  });
  const reader = createReaderStore({ getItem: () => String(readerId), setItem() {} }, () => 0.5);
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false }, mutations: { retry: false } } });
  return render(
    <ThemeProvider colorSchemeManager={createColorSchemeManager(keptForVisits)} env="test">
      <Router hook={hook} searchHook={searchHook}>
        <TransportProvider transport={transport}>
          <QueryClientProvider client={queries}>
            <StreamEnvironmentContext value={environment}>
              <ReaderContext value={reader}>
                <NoticesProvider>{children}</NoticesProvider>
              </ReaderContext>
            </StreamEnvironmentContext>
          </QueryClientProvider>
        </TransportProvider>
      </Router>
    </ThemeProvider>,
  );
}
