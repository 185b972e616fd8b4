import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";

test("the protocol lives in the URL and survives navigation, reload and going back", async ({ page, shell }) => {
  await page.goto("/");
  await expect(shell.protocolOption("gRPC-Web")).toBeChecked();
  await shell.chooseProtocol("Connect JSON");
  await expect(page).toHaveURL("/?protocol=connect-json");
  await expect(shell.protocolNote).toHaveText("Every call from this page goes over Connect, JSON.");
  await shell.goTo("Greeter");
  await expect(page).toHaveURL("/greeter?protocol=connect-json");
  await shell.goTo("Books");
  await page.reload();
  await expect(shell.protocolOption("Connect JSON")).toBeChecked();
  await page.goBack();
  await expect(shell.heading).toHaveText("Greeter");
  await expect(shell.protocolOption("Connect JSON")).toBeChecked();
  await shell.chooseProtocol("gRPC-Web");
  await expect(page).toHaveURL("/greeter");
});

test("an unknown protocol in the URL is the default one", async ({ page, shell }) => {
  await page.goto("/calculator?protocol=soap");
  await expect(shell.protocolOption("gRPC-Web")).toBeChecked();
});

test("each page is named, marked in the navigation and takes the focus", async ({ page, shell }) => {
  await page.goto("/");
  await shell.heading.waitFor();
  const names = await shell.navigation.getByRole("link").allTextContents();
  expect(names).toContain("Greeter");
  for (const name of names) {
    await shell.goTo(name);
    await expect(page).toHaveTitle(new RegExp(name));
    await expect(shell.navigation.getByRole("link", { name })).toHaveAttribute("aria-current", "page");
  }
  await expect(page.getByRole("main")).toBeFocused();
});

test("on a phone the tab of the view that an address names is in sight", async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 700 });
  await page.goto("/books?view=orders");
  const tab = page.getByRole("tab", { name: "Orders" });
  await expect(tab).toHaveAttribute("aria-selected", "true");
  await expect(tab).toBeInViewport({ ratio: 0.9 });
});

test("an address without a page says so and leads on", async ({ page, shell }) => {
  await page.goto("/nowhere/at/all?protocol=connect");
  await expect(shell.heading).toHaveText("There is no such page");
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await expect(page).toHaveURL("/?protocol=connect");
});

test("the overview shows each service alive and leads to it", async ({ page, shell }) => {
  await page.goto("/");
  await expect(page.getByText("0.1 + 0.2 = 0.3")).toBeVisible();
  const wall = page.getByRole("region", { name: "Call it from a terminal, and see it here" });
  await expect(wall.getByRole("status").getByText("live")).toBeVisible();
  await expect(page.getByRole("region", { name: "Greeter" }).locator("p[lang]")).toHaveCount(3);
  await expect(page.getByRole("region", { name: "Books" }).getByRole("listitem")).toHaveCount(3);
  await page.getByRole("region", { name: "Books" }).getByRole("link", { name: "Books" }).click();
  await expect(shell.heading).toHaveText("Books");
});

test("the reader is a new one for each browser, and stays", async ({ browser, page, shell }) => {
  await page.goto("/books");
  const id = await shell.readerId();
  await page.reload();
  await expect(shell.readerButton).toHaveAccessibleDescription(`Reader ${id}`);
  const stranger = await browser.newContext();
  const other = await stranger.newPage();
  await other.goto(page.url());
  await expect(other.getByRole("button", { name: "Guest reader" })).not.toHaveAccessibleDescription(`Reader ${id}`);
  await stranger.close();
});

test("another reader can be chosen", async ({ page, shell }) => {
  await page.goto("/books");
  await shell.becomeReader("4.2");
  await expect(shell.readerDialog.getByRole("textbox")).toHaveAccessibleDescription(
    "A whole number from 1 to 2,147,483,647",
  );
  await page.keyboard.press("Escape");
  await expect(shell.readerDialog).toBeHidden();
  await shell.becomeReader(42);
  await expect(shell.readerButton).toHaveAccessibleDescription("Reader 42");
  await expect(shell.readerDialog).toBeHidden();
  await page.reload();
  await expect(shell.readerButton).toHaveAccessibleDescription("Reader 42");
});

test("the colour scheme follows the system until one is chosen, which stays", async ({ page, shell }) => {
  const html = page.locator("html");
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto("/");
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "dark");
  await expect(shell.colorScheme).toHaveAccessibleName(/^Colour scheme: as the system/);
  await page.emulateMedia({ colorScheme: "light" });
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "light");
  await page.emulateMedia({ colorScheme: "dark" });
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "dark");
  await shell.colorScheme.click();
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "light");
  await expect(shell.colorScheme).toHaveAccessibleName("Colour scheme: light. Change to dark");
  await page.reload({ waitUntil: "commit" });
  await expect(html).toHaveAttribute("data-mantine-color-scheme", "light");
});
