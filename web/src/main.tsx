import "./styles/mantine.ts";
import "./styles/tokens.css";
import "./styles/global.css";
import "./styles/forced-colors.css";
import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { RecorderContext } from "./devtools/recorder-context.ts";
import { createRecorderSwitch } from "./devtools/recorder-switch.ts";
import { LostParts } from "./notices/lost-parts.ts";
import { NoticesProvider } from "./notices/notices-provider.tsx";
import { ReaderContext } from "./reader/reader-context.ts";
import { createReaderStore } from "./reader/reader-store.ts";
import { keepFocus } from "./shell/keep-focus.ts";
import { pages } from "./shell/pages.ts";
import { createQueryClient } from "./shell/query-client.ts";
import { createColorSchemeManager } from "./storage/color-scheme-manager.ts";
import { keptForTab, keptForVisits } from "./storage/kept-storage.ts";
import { cssVariablesResolver, theme } from "./theme.ts";
import { ProtocolTransportProvider } from "./transport/protocol-transport-provider.tsx";

const root = document.getElementById("root");
if (root === null) throw new Error("the document has no element #root");

const devtools = createRecorderSwitch(keptForTab, async (called) =>
  (await import("./devtools/open-recorder-store.ts")).openRecorderStore(called),
);

const colorSchemeManager = createColorSchemeManager(keptForVisits);

const app = (
  <StrictMode>
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariablesResolver}
      colorSchemeManager={colorSchemeManager}
      defaultColorScheme="auto"
    >
      <RecorderContext value={devtools}>
        <ProtocolTransportProvider>
          <QueryClientProvider client={createQueryClient()}>
            <ReaderContext value={createReaderStore(keptForVisits, Math.random)}>
              <NoticesProvider>
                <LostParts />
                <App />
              </NoticesProvider>
            </ReaderContext>
          </QueryClientProvider>
        </ProtocolTransportProvider>
      </RecorderContext>
    </MantineProvider>
  </StrictMode>
);

// What was painted from HTML stands until the page can be shown in its place, and is replaced at once, so that no control is ever seen
// that does nothing. No `await` out here: the code of a page imports from this module, and would wait for it.
const page = pages.find(({ path }) => path === window.location.pathname);
void Promise.resolve(page?.preload()).then(() => {
  const restoreFocus = keepFocus(root);
  flushSync(() => createRoot(root).render(app));
  root.removeAttribute("data-prerendered");
  restoreFocus();
});
