// `npm run long-tasks`: how long the page of the Explorer is held up by a large response, as figures to look at; a browser's path is given.
import { chromium, type Page } from "@playwright/test";
import { CHARACTERS, largeResponseSteps, MESSAGES, serveLarge } from "./large-response.ts";
import { withServer } from "./server.ts";

const RUNS = 3;
/** How long is waited after each step for what comes of it, in milliseconds. */
const AFTERWARDS_MS = 500;

const [executablePath = ""] = process.argv.slice(2);
const longest = new Map<string, number[]>();
await withServer(async ({ baseUrl }) => {
  const large = await serveLarge(baseUrl);
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ baseURL: baseUrl, viewport: { width: 1280, height: 800 } });
    const page = await context.newPage();
    await page.addInitScript(noteLongTasks);
    for (const [name, step] of largeResponseSteps(page, large)) {
      await step();
      await page.waitForTimeout(AFTERWARDS_MS);
      longest.set(name, [...(longest.get(name) ?? []), await takeLongest(page)]);
    }
    await context.close();
  }
  await browser.close();
  await large.close();
});

console.log(
  `${MESSAGES} messages of ${CHARACTERS} characters: the longest task of each step, in milliseconds; - is none of more than 50`,
);
for (const [name, times] of longest)
  console.log(`${name.padEnd(34)}${times.map((ms) => (ms === 0 ? "-" : ms.toFixed(0)).padStart(6)).join("")}`);

/** Notes tasks of more than 50 ms, which is what browsers call long ones. */
function noteLongTasks(): void {
  const tasks: number[] = [];
  Reflect.set(window, "longTasks", tasks);
  new PerformanceObserver((list) => tasks.push(...list.getEntries().map(({ duration }) => duration))).observe({
    type: "longtask",
  });
}

/** The longest task since this was last asked, in milliseconds; 0 for none. */
async function takeLongest(page: Page): Promise<number> {
  return await page.evaluate(() => Math.max(0, ...Reflect.get(window, "longTasks").splice(0)));
}
