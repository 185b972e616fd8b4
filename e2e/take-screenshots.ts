// Takes the pictures of the README and of docs/, from a server with an empty store: with the browser that the first argument names, into the folder that the
// second does; only those that further arguments name, where there are any. `node scripts/screenshots.mjs` runs it.
import { join } from "node:path";
import { createClient } from "@connectrpc/connect";
import { createGrpcTransport } from "@connectrpc/connect-node";
import { chromium, type Page } from "@playwright/test";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { BooksPage } from "./pages/books-page.ts";
import { GreeterPage } from "./pages/greeter-page.ts";
import { Shell } from "./pages/shell.ts";
import { WirePanel } from "./pages/wire-panel.ts";
import { greetEveryone, rateNatively, readAndOrder } from "./readme-content.ts";
import { withServer } from "./server.ts";

/** How long the page Operations is followed, and how often there are calls meanwhile, in milliseconds. */
const FOLLOWED_MS = 40_000;
const CALLS_EVERY_MS = 1_500;

const [executablePath = "", folder = "", ...only] = process.argv.slice(2);
await takeScreenshots();

async function takeScreenshots(): Promise<void> {
  await withServer(
    async ({ baseUrl }) => {
      const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu"] });
      const take = async (name: string, colorScheme: "light" | "dark", prepare: (page: Page) => Promise<void>) => {
        if (only.length > 0 && !only.includes(name)) return;
        const viewport = { width: 1280, height: 800 };
        const context = await browser.newContext({ baseURL: baseUrl, viewport, colorScheme, reducedMotion: "reduce" });
        const page = await context.newPage();
        await prepare(page);
        await page.screenshot({ path: join(folder, `${name}.png`), animations: "disabled", caret: "hide" });
        await context.close();
      };
      await take("greeter-light", "light", (page) => showGreeter(page, baseUrl));
      await take("books-dark", "dark", (page) => showBooks(page, baseUrl));
      await take("timeline-light", "light", showTimeline);
      await take("operations-dark", "dark", (page) => showOperations(page, baseUrl));
      await browser.close();
    },
    { SHOW_SPANS: "yes", SHOW_OPERATIONS: "yes" },
  );
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

async function showTimeline(page: Page): Promise<void> {
  const greeter = new GreeterPage(page, "connect");
  const wire = new WirePanel(page);
  await greeter.open();
  await wire.open();
  await greeter.greet("Inés");
  await wire.show("SayHello");
  await wire.timelineTab.click();
  await wire.steps("sync").waitFor();
  await wire.steps("Queued in the browser").waitFor();
  await page.getByRole("separator", { name: "Height of the wire panel" }).press("Home");
}

async function showOperations(page: Page, baseUrl: string): Promise<void> {
  await page.goto("/operations");
  const calculator = createClient(CalculatorService, createGrpcTransport({ baseUrl }));
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
  for (const end = Date.now() + FOLLOWED_MS; Date.now() < end; ) {
    await greetEveryone(baseUrl);
    await page.waitForTimeout(CALLS_EVERY_MS * Math.random());
  }
  // More than one call may take.
  await calculator.evaluate({ expression: "(".repeat(10_000) }, { headers: { traceparent } }).catch(() => undefined);
  await page.getByRole("list", { name: "Latest errors" }).waitFor();
}
