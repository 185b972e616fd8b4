// Takes the pictures of the README, from a server with an empty store: with the browser that the first argument names, into the folder that the
// second does. `node scripts/screenshots.mjs` runs it.
import { join } from "node:path";
import { chromium, type Page } from "@playwright/test";
import { BooksPage } from "./pages/books-page.ts";
import { GreeterPage } from "./pages/greeter-page.ts";
import { Shell } from "./pages/shell.ts";
import { greetEveryone, rateNatively, readAndOrder } from "./readme-content.ts";
import { withServer } from "./server.ts";

const [executablePath = "", folder = ""] = process.argv.slice(2);
await takeScreenshots();

async function takeScreenshots(): Promise<void> {
  await withServer(async ({ baseUrl }) => {
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
    const take = async (name: string, colorScheme: "light" | "dark", prepare: (page: Page) => Promise<void>) => {
      const viewport = { width: 1280, height: 800 };
      const context = await browser.newContext({ baseURL: baseUrl, viewport, colorScheme, reducedMotion: "reduce" });
      const page = await context.newPage();
      await prepare(page);
      await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
      await context.close();
    };
    await take("greeter-light", "light", (page) => showGreeter(page, baseUrl));
    await take("books-dark", "dark", (page) => showBooks(page, baseUrl));
    await browser.close();
  });
}

async function showGreeter(page: Page, baseUrl: string): Promise<void> {
  const greeter = new GreeterPage(page, "connect");
  await greeter.open();
  await greetEveryone(baseUrl);
  await greeter.chooseLanguage("Spanish");
  await greeter.greet("Inés");
  await greeter.entry("Inés").waitFor();
  await greeter.name.blur();
}

async function showBooks(page: Page, baseUrl: string): Promise<void> {
  const shell = new Shell(page);
  const books = new BooksPage(page, "grpc-web");
  await books.open();
  const readerId = await shell.readerId();
  await readAndOrder(baseUrl, readerId);
  await books.recommendations.getByRole("listitem").filter({ hasText: "Ender's Game" }).first().waitFor();
  await rateNatively(baseUrl, readerId, 4, 5);
  await books.changeNote.getByText("Hitchhiker").waitFor();
}
