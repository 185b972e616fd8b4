import { expect, type Locator } from "@playwright/test";
import { test } from "../../fixtures.ts";

test("a reader that pauses stops the sender, which goes on when it reads again", async ({ page }) => {
  await page.goto("/streams");
  const panel = page.getByRole("region", { name: "Rate, latency and back-pressure" });
  await panel.getByRole("button", { name: "Start", exact: true }).click();
  await expect.poll(() => figure(panel, "Read a second")).toBeGreaterThan(0);
  await panel.getByRole("button", { name: "Pause reading" }).click();
  await expect(panel.getByRole("status", { name: "Flow state" })).toHaveText("reading paused");
  await expect.poll(() => figure(panel, "Read a second")).toBe(0);
  // Until the windows of both directions are full, the page sends on.
  await expect.poll(() => figure(panel, "Sent a second"), { timeout: 60_000 }).toBe(0);
  const held = await figure(panel, "Not read yet");
  expect(held).toBeGreaterThan(1_000);
  // What waits to be sent, and to be read, waits for longer and longer.
  const [sending, reading] = [await figure(panel, "Sending took, ms"), await figure(panel, "Answer took, ms")];
  await expect.poll(() => figure(panel, "Sending took, ms")).toBeGreaterThan(sending);
  await expect.poll(() => figure(panel, "Answer took, ms")).toBeGreaterThan(reading);
  await panel.getByRole("button", { name: "Pause reading" }).click();
  await expect.poll(() => figure(panel, "Not read yet"), { timeout: 60_000 }).toBeLessThan(held / 2);
  await expect.poll(() => figure(panel, "Sent a second")).toBeGreaterThan(0);
  await panel.getByRole("button", { name: "Stop" }).click();
  await expect(panel.getByRole("status", { name: "Flow state" })).toHaveText("stopped");
  await expect(panel.getByRole("img", { name: /^Messages a second/ })).toBeVisible();
  await expect(panel.getByRole("img", { name: /^Latency in milliseconds/ })).toBeVisible();
});

test("the same stream is compared over two protocols", async ({ page }) => {
  await page.goto("/streams");
  const panel = page.getByRole("region", { name: "One stream, two protocols" });
  await panel.getByRole("combobox", { name: "First" }).selectOption({ label: "Connect, JSON" });
  // Nothing is compared with itself.
  await expect(
    panel.getByRole("combobox", { name: "Second" }).getByRole("option", { name: "Connect, JSON" }),
  ).toBeDisabled();
  await panel.getByRole("button", { name: "Compare" }).click();
  await expect(panel.getByRole("status", { name: "Comparison state" })).toHaveText("done");
  await expect(panel.getByRole("list", { name: "Compared" }).getByRole("listitem")).toHaveText([
    /^Connect, JSON: first message after \d+\.\d ms, all 1,000 after \d+\.\d ms$/,
    /^one WebSocket: first message after \d+\.\d ms, all 1,000 after \d+\.\d ms$/,
  ]);
  await expect(panel.getByRole("img", { name: /^Messages that had come/ })).toBeVisible();
});

async function figure(panel: Locator, name: string): Promise<number> {
  const value = panel.locator("div", { has: panel.page().locator(`dt:text-is("${name}")`) }).last();
  return Number((await value.locator("dd").innerText()).replaceAll(",", ""));
}
