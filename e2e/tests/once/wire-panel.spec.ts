import { readFile } from "node:fs/promises";
import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";
import { uniqueName } from "../../unique-name.ts";

test("the panel opens and closes by its button and by its keys", async ({ page, wire }) => {
  await page.goto("/streams");
  await expect(wire.toggle).toHaveAttribute("aria-expanded", "false");
  await wire.open();
  await expect(wire.toggle).toHaveAttribute("aria-expanded", "true");
  await page.keyboard.press("Alt+Shift+W");
  await expect(wire.region).toHaveCount(0);
  await page.keyboard.press("Alt+Shift+W");
  await expect(wire.region).toBeVisible();
});

for (const protocol of ["grpc-web", "websocket"] as const) {
  test(`what was called before the panel was opened is there, and what runs goes on, over ${protocol}`, async ({
    streams,
    wire,
  }) => {
    const { serverStreaming, unary } = streams;
    const name = uniqueName("Ada");
    await streams.open(protocol);
    await serverStreaming.region.getByRole("combobox", { name: "Beat" }).selectOption({ label: "every 300 ms" });
    await serverStreaming.button("Start").click();
    await expect(serverStreaming.received().nth(1)).toBeVisible();
    await unary.field("Name").fill(name);
    await unary.button("Call").click();
    await expect(unary.state).toHaveText("done");

    await wire.open();
    await expect(wire.callsOf("SayHello")).toContainText("0 OK");
    await wire.show("SayHello");
    await expect(wire.frames.filter({ hasText: `"message": "Hello, ${name}!"` })).toHaveCount(1);
    await expect(wire.callsOf("StreamGreetings")).toContainText("open");
    await wire.show("StreamGreetings");
    await expect(wire.frames.first()).toHaveAttribute("data-direction", "sent");
    const before = await wire.frames.count();
    expect(before).toBeGreaterThan(2);
    await expect(wire.frames.nth(before + 1)).toBeVisible();
    await wire.headersTab.click();
    await expect(wire.panel.getByRole("region", { name: "Request headers" })).not.toContainText("traceparent");
    await serverStreaming.button("Stop").click();
    await expect(wire.callsOf("StreamGreetings")).toContainText("cancelled");
  });
}

test("calls are sorted by a column, the other way round, and as they were made", async ({ streams, wire }) => {
  await streams.open("grpc-web");
  await wire.open();
  for (const name of ["x".repeat(150), "Ada"]) {
    await streams.unary.field("Name").fill(name);
    await streams.unary.button("Call").click();
    await expect(streams.unary.state).toHaveText("done");
  }
  const calls = wire.callsOf("SayHello");
  await expect(calls).toHaveCount(2);
  const bytes = async () => (await calls.allInnerTexts()).map((text) => /(\d+) B\s+sent/.exec(text)?.[1]);
  const made = await bytes();
  const by = wire.region.getByRole("button", { name: "Out" });
  const column = wire.region.getByRole("columnheader", { name: "Out" });
  await expect(column).toHaveAttribute("aria-sort", "none");
  await by.press("Enter");
  await expect(column).toHaveAttribute("aria-sort", "descending");
  await expect.poll(bytes).toEqual(made);
  await by.press("Enter");
  await expect(column).toHaveAttribute("aria-sort", "ascending");
  await expect.poll(bytes).toEqual(made.toReversed());
  await by.press("Enter");
  await expect(column).toHaveAttribute("aria-sort", "none");
  await expect.poll(bytes).toEqual(made);
});

test("a call is opened in the Explorer, filled in", async ({ explorer, page, streams, wire }) => {
  const name = uniqueName("Ada");
  await streams.open("grpc-web");
  await wire.open();
  await streams.unary.field("Name").fill(name);
  await streams.unary.button("Call").click();
  await wire.show("SayHello");
  await wire.panel.getByRole("button", { name: "Open in Explorer" }).click();
  await expect(page).toHaveURL(/\/explorer\?.*method=triptych\.greeter\.v1\.GreeterService/);
  await expect(explorer.field("name")).toHaveValue(name);
  await expect(explorer.field("Metadata name 1")).toHaveCount(0);
});

test("on a phone it is half a sheet, opened from the bar, and the page above can be used", async ({
  page,
  streams,
  wire,
}) => {
  const height = 740;
  await page.setViewportSize({ width: 360, height });
  await streams.open("grpc-web");
  const bar = page.getByRole("navigation", { name: "Pages" }).last();
  const [toggle, pages] = [await wire.toggle.boundingBox(), await bar.boundingBox()];
  expect(toggle?.y).toBe(pages?.y);
  await wire.open();
  const share = async () => ((await wire.region.boundingBox())?.height ?? 0) / height;
  expect(await share()).toBeGreaterThanOrEqual(0.5);
  expect(await share()).toBeLessThanOrEqual(0.6);
  await expect(wire.toggle).toBeInViewport({ ratio: 1 });

  await streams.unary.button("Call").scrollIntoViewIfNeeded();
  await streams.unary.button("Call").click();
  await expect(wire.callsOf("SayHello")).toContainText("0 OK");
  await expect(wire.callsOf("SayHello")).toBeInViewport();
  await wire.show("SayHello");
  for (const width of [360, 320]) {
    await page.setViewportSize({ width, height });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow).toBeLessThanOrEqual(0);
  }

  const handle = page.getByRole("separator", { name: "Height of the wire panel" });
  const before = await share();
  await handle.press("ArrowUp");
  expect(await share()).toBeGreaterThan(before);
  await handle.press("End");
  expect(await share()).toBeLessThan(0.3);
  // The first leads from the call to the list.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  await expect(wire.region).toHaveCount(0);
  await expect(wire.toggle).toBeFocused();
  await wire.toggle.click();
  await page.keyboard.press("Escape");
  await expect(wire.region).toHaveCount(0);
  await wire.open();
  await wire.region.getByRole("button", { name: "Close", exact: false }).first().click();
  await expect(wire.region).toHaveCount(0);
});

for (const { protocol, label, requestHeaders } of [
  { protocol: "grpc-web", label: "gRPC-Web", requestHeaders: "content-type" },
  // What HTTP says in headers, the first frame of a call says in bytes: these are the metadata alone.
  { protocol: "websocket", label: "WebSocket", requestHeaders: /^Request headerstraceparent00-[\da-f-]+-01$/ },
] as const) {
  test.describe(`over ${label}`, () => {
    test.beforeEach(async ({ streams, wire }) => {
      await streams.open(protocol);
      await wire.open();
    });

    test("a unary call is shown with its status, headers and every frame, as bytes and decoded", async ({
      streams: { unary },
      wire,
    }) => {
      const name = uniqueName("Ada");
      await unary.field("Name").fill(name);
      await unary.button("Call").click();
      await expect(unary.state).toHaveText("done");
      const call = wire.callsOf("SayHello");
      await expect(call).toHaveCount(1);
      await expect(call).toContainText(label);
      await expect(call).toContainText("unary");
      await expect(call).toContainText("0 OK");

      await wire.show("SayHello");
      await expect(wire.framesTab).toHaveAttribute("aria-selected", "true");
      const sent = wire.frames.filter({ hasText: `"name": "${name}"` });
      await expect(sent).toHaveAttribute("data-direction", "sent");
      await expect(sent).toContainText("0x00");
      const received = wire.frames.filter({ hasText: `"message": "Hello, ${name}!"` });
      await expect(received).toHaveAttribute("data-direction", "received");
      await received.getByText("Hex", { exact: true }).click();
      // The field, its length and the first letters: 0a, then "Hello,".
      await expect(received).toContainText(/00000000\s+0a [\da-f]{2} 48 65 6c 6c 6f 2c/);
      await expect(wire.frames.last()).toContainText("trailers");

      await wire.headersTab.click();
      await expect(wire.panel.getByRole("region", { name: "Trailers" })).toContainText("grpc-status");
      await expect(wire.panel.getByRole("region", { name: "Request headers" })).toContainText(requestHeaders);
    });

    test("the frames of an open stream grow, and the stream ends as cancelled", async ({
      streams: { serverStreaming },
      wire,
    }) => {
      await serverStreaming.region.getByRole("combobox", { name: "Beat" }).selectOption({ label: "every 300 ms" });
      await serverStreaming.button("Start").click();
      const call = wire.callsOf("StreamGreetings");
      await expect(call).toContainText("server stream");
      await expect(call).toContainText("open");
      await wire.show("StreamGreetings");
      await expect(wire.frames.filter({ hasText: "message" }).nth(3)).toBeVisible();
      const before = await wire.frames.count();
      await expect(wire.frames.nth(before + 1)).toBeVisible();
      await expect(call).toContainText("open");
      await serverStreaming.button("Stop").click();
      await expect(call).toContainText("cancelled");
    });

    test("a call that fails is shown with its code and the details of its error", async ({ greeter, shell, wire }) => {
      await shell.goTo("Greeter");
      await greeter.greet("   ");
      await expect(greeter.name).toHaveAttribute("aria-invalid", "true");
      await expect(wire.callsOf("SayHello")).toContainText("3 INVALID_ARGUMENT");
      await wire.show("SayHello");
      await wire.headersTab.click();
      const details = wire.panel.getByRole("region", { name: "Error details" });
      await expect(details).toContainText("google.rpc.BadRequest");
      await expect(details).toContainText('"field": "name"');
    });
  });
}

test("both directions of a bidirectional stream are shown as they cross", async ({ streams, wire }) => {
  await streams.open("websocket");
  await wire.open();
  await streams.bidiStreaming.send("Number", "5");
  await expect(streams.bidiStreaming.received()).toHaveCount(1);
  await expect(wire.callsOf("RunningTotal")).toContainText("bidi stream");
  await wire.show("RunningTotal");
  await expect(wire.frames.filter({ hasText: '"number": 5' })).toHaveAttribute("data-direction", "sent");
  await streams.bidiStreaming.send("Number", "7");
  await expect(wire.frames.filter({ hasText: '"sum": 12' })).toHaveAttribute("data-direction", "received");
  await streams.bidiStreaming.button("Half-close").click();
  await expect(wire.callsOf("RunningTotal")).toContainText("0 OK");
  await expect(wire.frames.filter({ hasText: "half-close" })).toHaveAttribute("data-direction", "sent");
});

test("the calls can be filtered, cleared, paused and taken up again", async ({ streams, wire }) => {
  const { unary } = streams;
  await streams.open("grpc-web");
  await wire.open();
  await unary.button("Call").click();
  await expect(wire.callsOf("SayHello")).toContainText("0 OK");
  await unary.chooseMethod("Add");
  await unary.button("Call").click();
  await expect(wire.callsOf("Add")).toContainText("0 OK");

  await wire.filter.fill("calculator unary");
  await expect(wire.calls).toHaveText([/Add/]);
  await wire.filter.fill("nothing is called that");
  await expect(wire.region).toContainText("No call has “nothing is called that”");
  await wire.filter.fill("");
  await expect(wire.calls).toHaveCount(2);

  await wire.clear.click();
  await expect(wire.calls).toHaveCount(0);
  await wire.pause.click();
  await unary.button("Call").click();
  await expect(unary.state).toHaveText("done");
  await expect(wire.region).toContainText("Paused: new calls are not recorded.");
  await wire.resume.click();
  await unary.button("Call").click();
  await expect(wire.callsOf("Add")).toHaveCount(1);
});

test("calls are found by what their messages say, and saved as files that say it", async ({ page, streams, wire }) => {
  await streams.open("connect");
  await wire.open();
  const [first, second] = [uniqueName("Ada"), uniqueName("Grace")];
  for (const name of [first, second]) {
    await streams.unary.field("Name").fill(name);
    await streams.unary.button("Call").click();
    await expect(wire.callsOf("SayHello").filter({ hasText: "0 OK" })).toHaveCount(name === first ? 1 : 2);
  }
  await wire.filter.fill(`sayhello ${second}`);
  await expect(wire.calls).toHaveCount(1);
  const saved = async (button: typeof wire.saveHar) => {
    const [download] = await Promise.all([page.waitForEvent("download"), button.click()]);
    return { name: download.suggestedFilename(), text: await readFile(await download.path(), "utf8") };
  };

  const har = await saved(wire.saveHar);
  expect(har.name).toMatch(/\.har$/);
  expect(JSON.parse(har.text).log.entries).toMatchObject([
    { request: { method: "POST", url: expect.stringContaining("/SayHello") }, response: { status: 200 } },
  ]);
  const json = await saved(wire.saveJson);
  expect(json.name).toMatch(/\.json$/);
  expect(JSON.parse(json.text).calls).toMatchObject([
    { status: { name: "OK" }, frames: [{ message: { name: second } }, { message: { message: `Hello, ${second}!` } }] },
  ]);
  expect(json.text).not.toContain(first);
});

test("two calls are compared, with what differs marked", async ({ page, streams, wire }) => {
  await streams.open("connect");
  for (const name of ["Ada", "Grace"]) {
    await streams.unary.field("Name").fill(name);
    await streams.unary.button("Call").click();
    await expect(streams.unary.received().filter({ hasText: name })).toHaveCount(1);
  }
  await wire.open();
  const calls = wire.callsOf("SayHello");
  await calls.first().focus();
  await page.keyboard.press("Enter");
  await wire.panel.getByRole("button", { name: "Compare" }).click();
  await expect(wire.region.getByRole("status")).toContainText("Choose the call to compare SayHello with.");
  await calls.last().focus();
  await page.keyboard.press("Enter");

  const comparison = wire.region.getByRole("region", { name: "Comparison" });
  const row = (name: string) => comparison.getByRole("row", { name: new RegExp(`^${name} `) });
  await expect(row("protocol")).toHaveText("protocolConnectConnect");
  await expect(row("began differs")).toHaveCount(1);
  await expect(row("content-type").first()).not.toContainText("differs");
  const sent = comparison.getByRole("region", { name: "Messages sent" });
  await expect(sent).toContainText("Message 1: differs");
  await expect(sent.locator("del")).toHaveText('−   "name": "Ada"');
  await expect(sent.locator("ins")).toHaveText('+   "name": "Grace"');

  await page.keyboard.press("Escape");
  await expect(comparison).toHaveCount(0);
  await expect(wire.panel).toBeVisible();
});

test("the panel and its calls outlast going to another page, and the panel a reload", async ({
  page,
  shell,
  streams,
  wire,
}) => {
  await streams.open("grpc-web");
  await wire.open();
  await streams.unary.button("Call").click();
  await expect(wire.callsOf("SayHello")).toContainText("0 OK");
  await shell.goTo("Greeter");
  await expect(wire.callsOf("SayHello")).toContainText("0 OK");
  await expect(wire.callsOf("WatchGreetings")).toContainText("open");
  await page.reload();
  await expect(wire.region).toBeVisible();
  await expect(wire.callsOf("WatchGreetings")).toContainText("open");
  await expect(wire.callsOf("SayHello")).toHaveCount(0);
});
