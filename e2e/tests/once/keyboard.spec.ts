import { expect, type Locator, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

test("the content is one key away, and the greeter works with keys alone", async ({ greeter, page }) => {
  await greeter.open();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the content" })).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await tabTo(page, greeter.name);
  await page.keyboard.type("Ada");
  await page.keyboard.press("Enter");
  await expect(greeter.greeting).toHaveText("Hello, Ada!");
  await tabTo(page, greeter.start);
  await page.keyboard.press("Enter");
  await expect(greeter.streamState).toHaveText("open");
  await expect(greeter.stop).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(greeter.streamState).toHaveText("cancelled");
});

test("the protocol changes with the arrow keys", async ({ page, shell }) => {
  await page.goto("/");
  await tabTo(page, shell.protocolOption("gRPC-Web"));
  await page.keyboard.press("ArrowRight");
  await expect(shell.protocolOption("Connect")).toBeChecked();
  await expect(page).toHaveURL("/?protocol=connect");
});

test("the calculator works with keys alone", async ({ calculator, page }) => {
  await calculator.open();
  await expect(calculator.expression).toBeFocused();
  await page.keyboard.type("6*7");
  await page.keyboard.press("Enter");
  await expect(calculator.stepsStatus).toHaveText("done");
  await expect(calculator.result).toHaveText("= 42");
  await page.keyboard.press("Escape");
  await expect(calculator.expression).toHaveValue("");
  await tabTo(page, calculator.kept("6*7"));
  await page.keyboard.press("Enter");
  await expect(calculator.expression).toHaveValue("6*7");
});

test("a book is found, rated and ordered with keys alone", async ({ books, page, shell }) => {
  await books.open();
  await tabTo(page, books.search);
  await page.keyboard.type("maltese falcon");
  await expect(books.shelf).toHaveCount(1);
  await tabTo(page, books.star("The Maltese Falcon", 1));
  await page.keyboard.press("4");
  await expect(books.star("The Maltese Falcon", 4)).toBeChecked();
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("The Maltese Falcon");
  await tabTo(page, books.book("The Maltese Falcon").getByRole("button", { name: "Add to basket" }));
  await page.keyboard.press("Enter");
  await tabTo(page, books.basketButton, "Shift+Tab");
  await page.keyboard.press("Enter");
  await expect(books.basket).toBeVisible();
  await tabTo(page, books.phone);
  await page.keyboard.type("+1 555 0100");
  await page.keyboard.press("Enter");
  await expect(shell.notices).toContainText(/Your order \S+ was taken\./);
  await expect(books.basket).toBeHidden();
});

/** Presses Tab until the element has the focus; fails after so many times that it cannot be reached. */
async function tabTo(page: Page, element: Locator, key = "Tab"): Promise<void> {
  await element.waitFor();
  const hasFocus = () => element.evaluate((node) => node === document.activeElement);
  for (let presses = 0; presses < 80 && !(await hasFocus()); presses += 1) await page.keyboard.press(key);
  await expect(element).toBeFocused();
}
