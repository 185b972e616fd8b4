import type { Page } from "@playwright/test";

/**
 * Hides a page, or shows it again, as far as its code can tell. Playwright keeps every page visible, those in the
 * background too, because it emulates the focus for each of them: bringing another one to the front hides none.
 */
export async function setVisible(page: Page, visible: boolean): Promise<void> {
  await page.evaluate(
    (state) => {
      Object.defineProperty(document, "visibilityState", { configurable: true, get: () => state });
      document.dispatchEvent(new Event("visibilitychange"));
    },
    visible ? "visible" : "hidden",
  );
}
