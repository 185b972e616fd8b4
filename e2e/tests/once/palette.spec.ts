import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";

test("Ctrl+K finds pages, methods, books, protocols, themes and actions", async ({ page, shell }) => {
  await page.goto("/");
  await shell.heading.waitFor();
  const field = page.getByRole("combobox", { name: "Find pages" });
  const open = async (query: string) => {
    await page.keyboard.press("Control+k");
    await field.fill(query);
  };
  const option = (name: string | RegExp) => page.getByRole("dialog", { name: "Find" }).getByRole("option", { name });

  await open("notebook");
  await expect(option("Notebook of the calculator")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/calculator#notebook$/);
  await expect(page.getByRole("textbox", { name: "Lines" })).toBeVisible();

  await open("sayhello");
  await page.keyboard.press("ArrowDown");
  await expect(option(/SayHelloAgain/)).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/\/explorer\?method=triptych\.greeter\.v1\.GreeterService%2FSayHelloAgain/);

  await open("hitchhiker");
  await option(/Hitchhiker/)
    .first()
    .click();
  await expect(page).toHaveURL(/\/books\/4$/);

  await open("protocol json");
  await page.keyboard.press("Enter");
  await expect(page).toHaveURL(/protocol=connect-json/);

  await open("theme dark");
  await page.keyboard.press("Enter");
  await expect(page.locator("html")).toHaveAttribute("data-mantine-color-scheme", "dark");

  await open("nothing has these");
  await expect(page.getByRole("status").getByText("Nothing found.")).toBeVisible();
  // The one right after the other: it is closed, and opened again.
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+k");
  await expect(field).toHaveValue("");
  await page.keyboard.press("Control+k");
  await expect(field).toHaveCount(0);
});

test("a question mark lists the shortcuts of the page, but not while one types", async ({
  page,
  shell,
  calculator,
}) => {
  await calculator.open();
  await calculator.expression.press("?");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await shell.heading.click();
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Shortcuts" });
  await expect(dialog).toContainText("Keep the result of the expression and show its steps");
  await expect(dialog).toContainText("Ctrl + K");
  await dialog.getByRole("button", { name: "Close" }).click();
  await expect(dialog).toHaveCount(0);
});
