import { expect, type Page } from "@playwright/test";
import { everyView } from "../../every-view.ts";
import { test } from "../../fixtures.ts";
import { populate } from "../../populate.ts";

// With scrollbars that take room, as most desktops have them, and as Playwright hides them.
test.use({
  launchOptions: async ({ launchOptions }, use) => {
    await use({ ...launchOptions, ignoreDefaultArgs: ["--hide-scrollbars"] });
  },
});

test("no page jumps while it comes", async ({ native, page }) => {
  await page.addInitScript(() => {
    localStorage.setItem("triptych-reader", "7");
    const shifts = window as unknown as { layoutShift: number };
    shifts.layoutShift = 0;
    new PerformanceObserver((list) => {
      // The type that TypeScript's DOM has no name for.
      for (const shift of list.getEntries() as unknown as { value: number }[]) shifts.layoutShift += shift.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  await populate(native, 7);
  const scores: Record<string, number> = {};
  for (const { path, arrived } of everyView) {
    if (arrived === undefined) continue;
    await page.goto(path);
    await arrived(page);
    scores[path] = await layoutShift(page);
  }
  expect(Object.keys(scores)).toContain("/books");
  expect(Object.entries(scores).filter(([, score]) => score >= 0.05)).toEqual([]);
});

test("scrollbars take room, so that the page above could have jumped", async ({ page }) => {
  await page.goto("/books");
  await page.getByRole("list", { name: "Books", exact: true }).waitFor();
  expect(await page.evaluate(() => window.innerWidth - document.documentElement.clientWidth)).toBeGreaterThan(0);
});

/** The sum of all shifts so far, those of the frame that is about to be painted included. */
async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
    return (window as unknown as { layoutShift: number }).layoutShift;
  });
}
