import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

const sayHello = "triptych.greeter.v1.GreeterService/SayHello";
const separator = (page: Page, name: string) => page.getByRole("separator", { name });

test.use({ viewport: { width: 1400, height: 900 } });

test("panes are resized by the keyboard, within bounds, and set back", async ({ explorer, page }) => {
  await explorer.open("grpc-web", sayHello);
  const methods = separator(page, "Width of the methods");
  await expect(methods).toHaveAttribute("aria-valuenow", "20");
  const before = await widthOf(explorer.search);
  await methods.focus();
  await page.keyboard.press("ArrowRight");
  await expect(methods).toHaveAttribute("aria-valuenow", "22");
  await expect.poll(() => widthOf(explorer.search)).toBeGreaterThan(before);
  await page.keyboard.press("End");
  await expect(methods).toHaveAttribute("aria-valuenow", await attribute(methods, "aria-valuemax"));
  await page.keyboard.press("Home");
  await expect(methods).toHaveAttribute("aria-valuenow", await attribute(methods, "aria-valuemin"));
  await page.keyboard.press("Enter");
  await expect(methods).toHaveAttribute("aria-valuenow", "20");
});

test("panes are resized by the pointer, are as they were after a reload, and are set back by a double click", async ({
  explorer,
  page,
}) => {
  await explorer.open("grpc-web", sayHello);
  const request = separator(page, "Width of the request");
  await expect(request).toHaveAttribute("aria-valuenow", "50");
  const before = await widthOf(explorer.form);
  const { x, y, height } = await boxOf(request);
  await page.mouse.move(x + 2, y + height / 4);
  await page.mouse.down();
  await page.mouse.move(x - 100, y + height / 4, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => widthOf(explorer.form)).toBeLessThan(before - 80);
  const dragged = await attribute(request, "aria-valuenow");
  // Let go, it stays.
  await page.mouse.move(x + 200, y + height / 4);
  await expect(request).toHaveAttribute("aria-valuenow", dragged);

  await page.reload();
  await expect(request).toHaveAttribute("aria-valuenow", dragged);
  await request.dblclick({ position: { x: 2, y: 20 } });
  await expect(request).toHaveAttribute("aria-valuenow", "50");
});

test("panes stand below each other where there is no room, with nothing to resize", async ({ explorer, page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await explorer.open("grpc-web", sayHello);
  await expect(page.getByRole("separator", { name: /^Width of/ })).toHaveCount(0);
  const response = page.getByRole("region", { name: "Response" });
  const [request, below] = [await boxOf(explorer.form), await boxOf(response)];
  expect(below.y).toBeGreaterThanOrEqual(request.y + request.height);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await explorer.field("name").fill("Ada");
  await explorer.button("Send").click();
  await expect(explorer.received()).toBeInViewport();
});

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("it is not in the page");
  return box;
}

async function widthOf(locator: Locator): Promise<number> {
  return (await boxOf(locator)).width;
}

async function attribute(locator: Locator, name: string): Promise<string> {
  return (await locator.getAttribute(name)) ?? "";
}
