import puppeteer, { type Page } from "puppeteer-core";
import type { EngineBrowser } from "./engine-browser.ts";

/** Starts an installed Firefox and steers it by WebDriver BiDi, which it speaks itself. */
export async function openFirefox(executablePath: string): Promise<EngineBrowser> {
  const browser = await puppeteer.launch({ browser: "firefox", executablePath, headless: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1280, height: 900 });
  return {
    version: await browser.version(),
    async open(url) {
      await page.goto(url);
    },
    text: (xpath) => textOf(page, xpath),
    click: (xpath) => withElement(page, xpath, (element) => element.click()),
    type: (xpath, text, options) =>
      withElement(page, xpath, async (element) => {
        await element.click({ count: 3 });
        await page.keyboard.press("Backspace");
        await element.type(text);
        if (options?.enter === true) await page.keyboard.press("Enter");
      }),
    screenshot: async () => Buffer.from(await page.screenshot()),
    close: () => browser.close(),
  };
}

async function textOf(page: Page, xpath: string): Promise<string | undefined> {
  using element = await page.$(`::-p-xpath(${xpath})`);
  return (await element?.evaluate((node) => (node instanceof HTMLElement ? node.innerText : ""))) ?? undefined;
}

async function withElement(
  page: Page,
  xpath: string,
  act: (element: NonNullable<Awaited<ReturnType<Page["$"]>>>) => Promise<void>,
): Promise<void> {
  using element = await page.$(`::-p-xpath(${xpath})`);
  if (element === null) throw new Error(`there is no ${xpath}`);
  await act(element);
}
