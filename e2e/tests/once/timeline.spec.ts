import { AxeBuilder } from "@axe-core/playwright";
import { expect } from "@playwright/test";
import { type OtlpReceiver, startOtlpReceiver } from "@triptych/testkit/servers/otlp-receiver.ts";
import { test as base } from "../../fixtures.ts";
import type { Protocol } from "../../protocol.ts";
import { withServer } from "../../server.ts";

/** A server that shows its spans, trusts the traces of pages, and exports to a receiver that the test reads. */
const test = base.extend<{ receiver: OtlpReceiver }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern which fixtures are wanted: none
  async receiver({}, use) {
    const receiver = await startOtlpReceiver();
    await use(receiver);
    await receiver.close();
  },
  async server({ receiver }, use) {
    const settings = { SHOW_SPANS: "yes", TRUST_TRACEPARENT: "yes", OTEL_EXPORTER_OTLP_ENDPOINT: receiver.url };
    await withServer(use, settings);
  },
});

const steps = ["SayHello", "store write", "queued", "transaction", "sync"];

for (const protocol of ["grpc-web", "connect", "connect-json", "websocket"] as const satisfies Protocol[]) {
  test(`a call over ${protocol} is one trace from the page to the disk`, async ({ receiver, streams, wire }) => {
    await streams.open(protocol);
    await wire.open();
    await streams.unary.button("Call").click();
    await expect(wire.callsOf("SayHello")).toContainText("0 OK");
    await wire.show("SayHello");
    await wire.timelineTab.click();
    for (const name of ["The call", "Queued in the browser", "Until the headers", ...steps]) {
      await expect(wire.steps(name)).toHaveCount(1);
    }
    await expect(wire.steps("SayHello")).not.toContainText("so far");

    await wire.headersTab.click();
    const headers = wire.panel.getByRole("region", { name: "Request headers" });
    const [, traceId, spanId] = /00-([\da-f]{32})-([\da-f]{16})-01/.exec((await headers.textContent()) ?? "") ?? [];
    await expect.poll(() => receiver.spans.filter((span) => span.traceId === traceId).length).toBe(steps.length);
    const trace = receiver.spans.filter((span) => span.traceId === traceId);
    const call = trace.find(({ name }) => name.endsWith("/SayHello"));
    expect(call?.parentSpanId).toBe(spanId);
    const write = trace.find(({ name }) => name === "store write");
    expect(write?.parentSpanId).toBe(call?.spanId);
    expect(trace.filter(({ parentSpanId }) => parentSpanId === write?.spanId).map(({ name }) => name)).toEqual(
      expect.arrayContaining(steps.slice(2)),
    );
  });
}

for (const protocol of ["grpc-web", "connect", "websocket"] as const satisfies Protocol[]) {
  test(`a stream over ${protocol} is followed at both ends while it runs`, async ({ streams, wire }) => {
    const { serverStreaming } = streams;
    await streams.open(protocol);
    await wire.open();
    await serverStreaming.region.getByRole("combobox", { name: "Beat" }).selectOption({ label: "every 300 ms" });
    await serverStreaming.button("Start").click();
    await expect(wire.callsOf("StreamGreetings")).toContainText("open");
    await wire.show("StreamGreetings");
    await wire.timelineTab.click();
    // Message by message, in the browser and at the server.
    await expect(wire.steps(/^Messages received \(([3-9]|\d\d)\)/)).toContainText("so far");
    await expect(wire.steps(/^StreamGreetings \(([4-9]|\d\d)\)/)).toContainText("so far");
    // What the panel asks is none of the calls of the page.
    await expect(wire.calls).toHaveCount(1);
    await serverStreaming.button("Stop").click();
    await expect(wire.callsOf("StreamGreetings")).toContainText("cancelled");
    await expect(wire.steps(/^StreamGreetings/)).not.toContainText("so far");
  });
}

test("the timeline fits the narrowest phone, in either scheme", async ({ page, wire }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto("/greeter");
  await wire.toggle.click();
  const sheet = wire.region;
  await sheet.waitFor();
  // Calls name a trace while the panel is open, and so it stays.
  await page.reload();
  await wire.calls.first().click();
  await sheet.getByRole("tab", { name: "Timeline" }).click();
  await expect(sheet.getByRole("rowheader", { name: "At the server" })).toBeVisible();
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    const { violations } = await new AxeBuilder({ page }).include("[aria-label=Wire]").analyze();
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.failureSummary}`)).toEqual([]);
  }
  const timeline = sheet.getByRole("region", { name: "Timeline" });
  expect(await timeline.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
});

base("without spans the panel shows the browser's half, and says how to see the other", async ({ streams, wire }) => {
  await streams.open("connect");
  await wire.open();
  await streams.unary.button("Call").click();
  await expect(wire.callsOf("SayHello")).toContainText("0 OK");
  await wire.show("SayHello");
  await wire.timelineTab.click();
  await expect(wire.steps("The call")).toHaveCount(1);
  await expect(wire.panel).toContainText("With SHOW_SPANS=yes it does");
});
