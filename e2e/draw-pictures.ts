// Draws the pictures of the web app that some programs take as PNG only, from the SVG beside them: with the browser that the first argument
// names, in the folder that the second does. `node scripts/screenshots.mjs` runs it.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const [executablePath = "", folder = ""] = process.argv.slice(2);
const pictures = [
  { source: "picture.svg", name: "picture.png", width: 1200, height: 630 },
  { source: "icon.svg", name: "icon-512.png", width: 512, height: 512 },
  { source: "icon.svg", name: "icon-180.png", width: 180, height: 180 },
];

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
for (const { source, name, width, height } of pictures) {
  const page = await browser.newPage({ viewport: { width, height } });
  await page.setContent(`<style>body { margin: 0 } svg { display: block; width: 100% }</style>`);
  await page.locator("body").evaluate(
    (body, svg) => {
      body.innerHTML += svg;
    },
    await readFile(join(folder, source), "utf8"),
  );
  await page.screenshot({ path: join(folder, name) });
  await page.close();
}
await browser.close();
