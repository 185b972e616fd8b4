import {
  type Browser,
  type BrowserContext,
  expect as baseExpect,
  chromium,
  type LaunchOptions,
  type Page,
} from "@playwright/test";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { ownServer, test } from "../../fixtures.ts";
import { GreeterPage } from "../../pages/greeter-page.ts";
import { Shell } from "../../pages/shell.ts";
import { type Protocol, protocolTraits } from "../../protocol.ts";
import { setVisible } from "../../tab-visibility.ts";

// Many pages are drawn at once, without a graphics card: small ones, in which nothing moves.
const viewport = { width: 640, height: 480 };
const reducedMotion = "reduce";

test.use({ server: ownServer, viewport, contextOptions: { reducedMotion }, trace: "off" });
test.setTimeout(300_000);

// Twenty pages that are drawn by the processor take their turns.
const expect = baseExpect.configure({ timeout: 60_000 });

const tabCount = 20;
const watchGreetings = "triptych.greeter.v1.GreeterService/WatchGreetings";
const streamGreetings = "triptych.greeter.v1.GreeterService/StreamGreetings";

test("twenty tabs load, call and stay live under each protocol", async ({ launchOptions, native, server }) => {
  // What tabs share is outside of their processes; twenty of those would keep a small machine from everything else.
  const browser = await launchWith(launchOptions, "--process-per-site");
  const context = await newContext(browser, server.baseUrl);
  const tabs = await openTabs(context, tabCount);
  // Among both are tabs whose streams hold a connection and tabs whose streams do not.
  const callers = tabs.filter((_, index) => index % 4 === 0);
  const hidden = tabs.slice(0, tabCount / 2);
  for (const [protocol, { label }] of Object.entries(protocolTraits)) {
    await test.step(`${label}: every tab is live`, async () => {
      await Promise.all(tabs.map(({ shell }) => shell.chooseProtocol(label)));
      await everyTab(tabs, ({ greeter }) => expect(greeter.wallState).toHaveText("live"));
      await expect.poll(() => server.callsInFlight(watchGreetings)).toBe(tabCount);
    });
    const nameOf = (index: number) => `${protocol} ${index + 1}`;
    const greeted = callers.map((_, index) => nameOf(index));
    await test.step(`${label}: calls are answered, and every wall shows what all of them called`, async () => {
      await everyTab(callers, ({ greeter }, index) => call(greeter, nameOf(index)));
      await everyTab(tabs, ({ greeter }) => expectLatest(greeter, greeted));
    });
    await test.step(`${label}: hidden tabs hold no stream, and miss nothing`, async () => {
      await everyTab(hidden, ({ page }) => setVisible(page, false));
      await expect.poll(() => server.callsInFlight(watchGreetings)).toBe(tabCount - hidden.length);
      await native(GreeterService).sayHello({ name: `unseen ${protocol}` });
      await everyTab(hidden, ({ page }) => setVisible(page, true));
      await everyTab(tabs, ({ greeter }) => expectLatest(greeter, [`unseen ${protocol}`, ...greeted]));
    });
    await test.step(`${label}: one more page loads`, async () => {
      const tab = await openTab(context, protocol as Protocol);
      await expect(tab.greeter.wallState).toHaveText("live");
      await tab.page.close();
    });
  }
  await browser.close();
});

test("streams that a person starts leave connections to pages and unary calls", async ({ context, server }) => {
  const tabs = await openTabs(context, 3);
  await everyTab(tabs, ({ greeter }) => greeter.startSlowStream("Ada"));
  await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(tabs.length);
  await everyTab(tabs, ({ greeter }) => expect(greeter.streamed).toHaveCount(1));
  const next = await openTab(context);
  await call(next.greeter, "Grace");
  await expect(next.shell.protocolNote).toContainText(
    "gRPC-Web, except WatchGreetings: this stream went to one WebSocket, because the browser has six HTTP/1.1 connections",
  );
});

test("a tab that crashes gives its connection to another one", async ({ context }) => {
  const [first] = await openTabs(context, 3);
  const crashed = first?.page.waitForEvent("crash");
  // The browser ends the tab while it navigates.
  first?.page.goto("chrome://crash").catch(() => undefined);
  await crashed;
  const next = await openTab(context);
  await expect(next.greeter.wallState).toHaveText("live");
  await expect(next.shell.protocolNote).toHaveText("Every call from this page goes over gRPC-Web.");
});

test("tabs of an address without locks keep all connections free of streams", async ({
  launchOptions,
  native,
  server,
}) => {
  // Over plain HTTP only addresses of this machine are secure, and only secure pages have locks.
  const { port } = new URL(server.baseUrl);
  const browser = await launchWith(launchOptions, "--host-resolver-rules=MAP 192.168.77.1 127.0.0.1");
  const context = await newContext(browser, `http://192.168.77.1:${port}`);
  const tabs = await openTabs(context, 7);
  expect(await tabs[0]?.page.evaluate(() => "locks" in navigator)).toBe(false);
  await native(GreeterService).sayHello({ name: "Ada" });
  await everyTab(tabs, async ({ greeter, shell }) => {
    await expectLatest(greeter, ["Ada"]);
    await expect(shell.protocolNote).toContainText("does not let the tabs of this address agree on sharing them");
  });
  await browser.close();
});

function launchWith(launchOptions: LaunchOptions, argument: string): Promise<Browser> {
  return chromium.launch({ ...launchOptions, args: [...(launchOptions.args ?? []), argument] });
}

function newContext(browser: Browser, baseURL: string): Promise<BrowserContext> {
  return browser.newContext({ baseURL, viewport, reducedMotion });
}

interface Tab {
  readonly page: Page;
  readonly greeter: GreeterPage;
  readonly shell: Shell;
}

async function openTab(context: BrowserContext, protocol: Protocol = "grpc-web"): Promise<Tab> {
  const page = await context.newPage();
  const greeter = new GreeterPage(page, protocol);
  await greeter.open();
  return { page, greeter, shell: new Shell(page) };
}

/** Opens tabs one after the other, each once the wall of the one before is live. */
async function openTabs(context: BrowserContext, count: number): Promise<readonly Tab[]> {
  const tabs: Tab[] = [];
  while (tabs.length < count) {
    const tab = await openTab(context);
    await expect(tab.greeter.wallState).toHaveText("live");
    tabs.push(tab);
  }
  return tabs;
}

async function everyTab(tabs: readonly Tab[], act: (tab: Tab, index: number) => Promise<void>): Promise<void> {
  await Promise.all(tabs.map(act));
}

/** Greets by keyboard, because what moves on a page that is still being drawn is easily missed with the mouse. */
async function call(greeter: GreeterPage, name: string): Promise<void> {
  await greeter.name.fill(name);
  await greeter.name.press("Enter");
  await expect(greeter.greeting).toHaveText(`Hello, ${name}!`);
}

/** The latest names on the wall are these, each once, in whatever order they were greeted. */
async function expectLatest({ wallNames }: GreeterPage, names: readonly string[]): Promise<void> {
  const latest = async () => (await wallNames.allTextContents()).slice(0, names.length).toSorted();
  await expect.poll(latest).toEqual(names.toSorted());
}
