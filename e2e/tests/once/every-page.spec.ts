import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { everyPage } from "../../every-page.ts";
import { test } from "../../fixtures.ts";
import { populate } from "../../populate.ts";

const sizes = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
];
const schemes = ["light", "dark"] as const;

// Four scans of a full page take their time on a busy machine.
test.setTimeout(300_000);
// What moves is scanned where it ends up.
test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const { name, path, settled } of everyPage) {
  test(`${name} fits a phone and a desk, and axe finds nothing in either scheme`, async ({
    page,
    native,
    shell,
    problems,
  }) => {
    await page.goto("/nowhere");
    await populate(native, await shell.readerId());
    await page.goto(path);
    await settled(page);
    for (const viewport of sizes) {
      await page.setViewportSize(viewport);
      await expect.poll(() => horizontalOverflow(page), `at ${viewport.width} px`).toEqual([]);
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
        await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", colorScheme);
        expect(await violations(page), `${colorScheme}, at ${viewport.width} px`).toEqual([]);
      }
    }
    // That an expression is not finished is answered with a status, too.
    expect(problems.failedRequests.filter((text) => !text.includes("CalculatorService/Evaluate"))).toEqual([]);
  });
}

/** What axe finds, a line for each element. */
async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).analyze();
  return found.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`),
  );
}

/** The elements that reach beyond the window's right edge where the page then scrolls sideways. */
async function horizontalOverflow(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll("body *")].filter(
      (element) => element.getBoundingClientRect().right > clientWidth + 0.5,
    );
    return [`${scrollWidth} px`, ...wide.slice(0, 10).map(({ outerHTML }) => outerHTML.slice(0, 120))];
  });
}
