import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";
import { everyView } from "../../every-view.ts";
import { test } from "../../fixtures.ts";
import { populate } from "../../populate.ts";

const sizes = [
  { width: 1280, height: 800 },
  { width: 320, height: 640 },
];
const schemes = ["light", "dark"] as const;
const longestReader = 2_147_483_647;

// Four scans of a full page take their time on a busy machine.
test.setTimeout(300_000);
// What moves is scanned where it ends up.
test.use({ contextOptions: { reducedMotion: "reduce" } });

for (const { name, path, settled } of everyView) {
  test(`${name} fits the narrowest phone and a desk, and axe finds nothing in either scheme`, async ({
    page,
    native,
    shell,
    problems,
  }) => {
    await page.goto("/nowhere");
    // The longest number that a reader can have.
    await shell.becomeReader(longestReader);
    await populate(native, longestReader);
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
    await page.evaluate(setTextSpacing);
    await expect.poll(() => horizontalOverflow(page), "at 320 px, with text spacing").toEqual([]);
    // That an expression is not finished is answered with a status, too.
    const isMeant = /CalculatorService\/Evaluate|\/nowhere\)/;
    expect(problems.failedRequests.filter((text) => !isMeant.test(text))).toEqual([]);
  });
}

test("every page of the navigation is among them", async ({ page, shell }) => {
  await page.goto("/");
  await shell.heading.waitFor();
  const links = await shell.navigation.getByRole("link").all();
  const paths = await Promise.all(links.map((link) => link.getAttribute("href")));
  expect(paths.length).toBeGreaterThan(0);
  expect(everyView.map(({ path }) => path)).toEqual(expect.arrayContaining(paths));
});

/** The spacing that a person may need and no page may fall apart by (WCAG 2.2, 1.4.12). */
function setTextSpacing(): void {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }
  `);
  document.adoptedStyleSheets.push(sheet);
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
