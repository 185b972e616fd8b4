import "./styles/mantine.ts";
import "./theme/theme-variables.css";
import "./styles/tokens.css";
import "./styles/global.css";
import "./styles/forced-colors.css";
import { QueryClientProvider } from "@tanstack/react-query";
import { StrictMode } from "react";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { App } from "./app.tsx";
import { LostParts } from "./notices/lost-parts.ts";
import { NoticesProvider } from "./notices/notices-provider.tsx";
import { ReaderContext } from "./reader/reader-context.ts";
import { createReaderStore } from "./reader/reader-store.ts";
import { guestSession, type PageSession, SessionContext, sessionKey } from "./session/session-context.ts";
import { keepFocus } from "./shell/keep-focus.ts";
import { pageAt } from "./shell/pages.ts";
import { createQueryClient } from "./shell/query-client.ts";
import { createColorSchemeManager } from "./storage/color-scheme-manager.ts";
import { keptForTab, keptForVisits } from "./storage/kept-storage.ts";
import { ThemeProvider } from "./theme/theme-provider.tsx";
import { ProtocolTransportProvider } from "./transport/protocol-transport-provider.tsx";
import { RecorderContext } from "./transport/recorder-context.ts";
import { createRecorderSwitch } from "./transport/recorder-switch.ts";

const root = document.getElementById("root");
if (root === null) throw new Error("the document has no element #root");

const devtools = createRecorderSwitch(keptForTab, async (called) =>
  (await import("./devtools/open-recorder-store.ts")).openRecorderStore(called),
);

const colorSchemeManager = createColorSchemeManager(keptForVisits);

const appOf = (session: PageSession) => (
  <StrictMode>
    <ThemeProvider colorSchemeManager={colorSchemeManager}>
      <RecorderContext value={devtools}>
        <SessionContext value={session}>
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
        </SessionContext>
      </RecorderContext>
    </ThemeProvider>
  </StrictMode>
);

/** Who the page is for. Without the code that asks it is shown as to a guest, and its calls say what is wrong. */
async function openSession(): Promise<PageSession> {
  try {
    return await (await import("./session/open-session.ts")).openSession();
  } catch {
    return guestSession;
  }
}

// What was painted from HTML stands until the page can be shown in its place, and is replaced at once, so that no control is ever seen
// that does nothing. No `await` out here: the code of a page imports from this module, and would wait for it.
const page = pageAt(window.location.pathname);
const opening = openSession();
// Where the server has never asked in this browser who calls, the page does not wait to hear that it does not.
const isAsked = keptForVisits.getItem(sessionKey) !== null;
void Promise.all([isAsked ? opening : guestSession, page?.preload()]).then(async ([session]) => {
  const app = createRoot(root);
  const restoreFocus = keepFocus(root);
  flushSync(() => app.render(appOf(session)));
  root.removeAttribute("data-prerendered");
  restoreFocus();
  const opened = await opening;
  if (opened !== session && opened.get().kind !== "not-asked") app.render(appOf(opened));
});
