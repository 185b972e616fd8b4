import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { largeResponseSteps, serveLarge } from "../../large-response.ts";

/** As many messages are in the page however small they are; of more only those in sight. */
const MOST_ROWS = 60;

test("a large response is read, searched, folded, compared and saved, of which the page holds only what is in sight", async ({
  page,
  server,
}) => {
  const large = await serveLarge(server.baseUrl);
  await page.addInitScript(countRows);
  for (const [name, run] of largeResponseSteps(page, large)) await test.step(name, run);
  // Among all the time from the first message on, also while thousands came at once.
  expect(await page.evaluate(() => Reflect.get(window, "mostRows"))).toBeLessThanOrEqual(MOST_ROWS);
  await large.close();
});

/** Notes how many messages are in the page at most. */
function countRows(): void {
  let most = 0;
  new MutationObserver(() => {
    most = Math.max(most, document.querySelectorAll('[role="log"] li').length);
    Reflect.set(window, "mostRows", most);
  }).observe(document, { childList: true, subtree: true });
}
