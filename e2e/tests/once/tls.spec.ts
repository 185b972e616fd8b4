import { expect, type Page } from "@playwright/test";
import { encryptedServer, test } from "../../fixtures.ts";
import { GreeterPage } from "../../pages/greeter-page.ts";
import { type Protocol, protocolTraits } from "../../protocol.ts";
import { uniqueName } from "../../unique-name.ts";

const streamGreetings = "triptych.greeter.v1.GreeterService/StreamGreetings";
const watchGreetings = "triptych.greeter.v1.GreeterService/WatchGreetings";

test.use({ server: encryptedServer, ignoreHTTPSErrors: true });

for (const [protocol, { label, contentTypes }] of Object.entries(protocolTraits)) {
  test(`over TLS a browser has page, calls and live streams over HTTP/2: ${label}`, async ({ page, server }) => {
    // Its keys are the protocols.
    const greeter = new GreeterPage(page, protocol as Protocol);
    await greeter.open();
    await expect(greeter.wallState).toHaveText("live");
    const name = uniqueName("Ada");
    await greeter.greet(name);
    await expect(greeter.greeting).toHaveText(`Hello, ${name}!`);
    await expect(greeter.entry(name)).toHaveCount(1);

    await greeter.startSlowStream(name);
    await expect(greeter.streamed).toHaveText([new RegExp(`Hello, ${name}!$`)]);
    await expect(greeter.streamState).toHaveText("open");
    expect(await server.callsInFlight(streamGreetings)).toBe(1);
    await greeter.stop.click();
    await expect(greeter.streamState).toHaveText("cancelled");
    await expect.poll(() => server.callsInFlight(streamGreetings)).toBe(0);

    const loaded = await loadedBy(page);
    expect(loaded.filter(({ over }) => over !== "h2")).toEqual([]);
    // What goes over a WebSocket is no request of the page.
    expect(loaded.some(({ path }) => path.endsWith("/SayHello"))).toBe(contentTypes !== undefined);

    expect(await server.callsInFlight(watchGreetings)).toBe(1);
    await page.close();
    await expect.poll(() => server.runningHandlers()).toBe(0);
  });
}

/** What a page has loaded from its server, itself included, and over which HTTP, as ALPN names it. */
function loadedBy(page: Page): Promise<{ path: string; over: string }[]> {
  return page.evaluate(() =>
    [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
      // Those of these two types are.
      .map((entry) => entry as PerformanceResourceTiming)
      .filter(({ name }) => name.startsWith(location.origin))
      .map(({ name, nextHopProtocol }) => ({ path: new URL(name).pathname, over: nextHopProtocol })),
  );
}
