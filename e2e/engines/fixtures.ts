import { test as base, expect } from "@playwright/test";
import { type RestartableServer, withServer } from "../server.ts";
import type { EngineBrowser, EngineName } from "./engine-browser.ts";
import { findEngine } from "./find-engine.ts";

/** A page in an engine, with what waits for it. */
export interface EnginePage {
  open(path: string): Promise<void>;
  /** Clicks an element once it can be clicked. */
  click(xpath: string): Promise<void>;
  /** Types into a field once it is there. */
  type(xpath: string, text: string, options?: { readonly enter: boolean }): Promise<void>;
  /** Waits until an element shows a text, or what it must match. */
  expectText(xpath: string, text: string | RegExp): Promise<void>;
}

interface WorkerFixtures {
  engine: EngineName;
  engineBrowser: EngineBrowser;
  engineServer: RestartableServer;
}

/** Playwright's test with the real server, and a page of an engine that Playwright itself does not steer; skipped where that is not installed. */
export const test = base.extend<{ enginePage: EnginePage }, WorkerFixtures>({
  engine: ["firefox", { option: true, scope: "worker" }],
  engineServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
    async ({}, use) => {
      await withServer(use, { SHOW_OPERATIONS: "yes" });
    },
    { scope: "worker" },
  ],
  engineBrowser: [
    async ({ engine }, use, workerInfo) => {
      const found = findEngine(engine);
      if ("missing" in found) {
        test.skip(true, `${workerInfo.project.name} ${found.missing}`);
        return;
      }
      const browser = await found.open();
      await use(browser);
      await browser.close();
    },
    { scope: "worker", timeout: 60_000 },
  ],
  enginePage: async ({ engineBrowser, engineServer }, use, testInfo) => {
    await use(pageOf(engineBrowser, engineServer.baseUrl));
    if (testInfo.status === testInfo.expectedStatus) return;
    await testInfo.attach("page", { body: await engineBrowser.screenshot(), contentType: "image/png" });
  },
});

function pageOf(browser: EngineBrowser, baseUrl: string): EnginePage {
  return {
    open: (path) => browser.open(new URL(path, baseUrl).href),
    // While a page comes, an element can be missing, be covered, or move away.
    click: (xpath) => expect(() => browser.click(xpath)).toPass({ timeout: 15_000 }),
    type: (xpath, text, options) => expect(() => browser.type(xpath, text, options)).toPass({ timeout: 15_000 }),
    expectText(xpath, text) {
      const shown = expect.poll(() => browser.text(xpath), { message: `the text of ${xpath}`, timeout: 30_000 });
      return typeof text === "string" ? shown.toContain(text) : shown.toMatch(text);
    },
  };
}
