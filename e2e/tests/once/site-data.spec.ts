import { expect } from "@playwright/test";
import { everyView } from "../../every-view.ts";
import { test } from "../../fixtures.ts";
import { populate } from "../../populate.ts";

// As a browser does where a person has blocked site data: merely naming a storage throws.
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    for (const name of ["localStorage", "sessionStorage", "indexedDB"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException(`Failed to read '${name}': access is denied for this document.`, "SecurityError");
        },
      });
    }
  });
});

// One of each that keeps something, and of each that asks for what others keep.
const names = ["overview", "calculator", "greeter", "orders", "order dialog", "streams", "explorer", "wire panel"];

test("every page works where site data is blocked", async ({ native, page }) => {
  await populate(native, 1);
  const chosen = everyView.filter(({ name }) => names.includes(name));
  expect(chosen.map(({ name }) => name).sort()).toEqual(names.toSorted());
  for (const { name, path, settled } of chosen) {
    await test.step(name, async () => {
      await page.goto(path);
      await settled(page);
    });
  }
});

test("what a person chooses lasts as long as the page where site data is blocked", async ({ greeter, page, shell }) => {
  await greeter.open();
  await shell.becomeReader(42);
  await shell.colorScheme.click();
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "light");
  await shell.goTo("Books");
  await expect(shell.readerButton).toHaveAccessibleDescription("Reader 42");
  await page.reload();
  await expect(shell.readerButton).not.toHaveAccessibleDescription("Reader 42");
  await expect(shell.colorScheme).toHaveAccessibleName(/^Colour scheme: as the system/);
});
