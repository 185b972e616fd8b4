import { join } from "node:path";
import { expect } from "@playwright/test";
import { programFor, projectRoot, readClientPage } from "@triptych/testkit/documents/client-page.ts";
import { bundleForBrowser } from "../../clients/bundle-for-browser.ts";
import { loadModule } from "../../clients/load-module.ts";
import { test } from "../../fixtures.ts";

const programs = readClientPage().programs.filter(({ place }) => place === "In a browser");

for (const program of programs) {
  test(`${program.name} of the page about clients prints what it says`, async ({ page, server }) => {
    const place = join(projectRoot, `${program.section}.ts`);
    const code = await bundleForBrowser(place, programFor(server.baseUrl, program));
    await page.goto("/calculator");
    const printed: string[] = [];
    page.on("console", (message) => printed.push(`${message.text()}\n`));
    await loadModule(page, program.section, code);
    await expect.poll(() => printed.join("")).toBe(program.printed);
  });
}
