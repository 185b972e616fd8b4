import { expect, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

/** Each page, its heading and how its first paragraph begins. */
const pages = [
  ["/", "Three services, three protocols, one port", "This page calls the same endpoints as any gRPC client"],
  ["/calculator", "Calculator", "Exact while it can be"],
  ["/greeter", "Greeter", "Greet anyone in any of the greeter’s languages."],
  ["/books?view=orders", "Books", "Rate what you have read"],
  ["/streams", "Streams", "gRPC has four kinds of call."],
  ["/explorer", "Explorer", "Call any method of this server or another"],
  ["/operations", "Operations", "How the server is right now"],
] as const;

for (const [path, title, beginning] of pages) {
  test(`${path} shows its title and first paragraph before the app's script has come`, async ({ page }) => {
    const release = Promise.withResolvers<void>();
    await holdScripts(page, release.promise);
    await page.goto(path, { waitUntil: "commit" });
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(main.getByText(beginning)).toBeVisible();
    const paints = () => page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length);
    await expect.poll(paints).toBe(1);
    // What does nothing yet is not shown: links lead on, controls wait.
    await expect(page.getByRole("button")).toHaveCount(0);
    await expect(page.getByRole("radio")).toHaveCount(0);
    release.resolve();
    await expect(page.getByRole("radio", { name: "gRPC-Web" })).toBeChecked();
    await expect(main.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page).toHaveTitle(`${title} · Triptych`);
  });
}

test("an address without a page says so before the app's script has come", async ({ page }) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Three services, three protocols, one port");
});

for (const script of ["index", "shared"]) {
  test(`says that the app could not be loaded where its script ${script} does not come, and loads it again`, async ({
    page,
    shell,
  }) => {
    await page.route(`**/assets/${script}-*.js`, (route) => route.abort("connectionrefused"));
    await page.goto("/books");
    await expect(shell.alerts).toContainText("The app could not be loaded.");
    await expect(shell.heading).toHaveText("Books");
    await expect(page.getByText("Loading the page")).toBeHidden();
    await page.unroute(`**/assets/${script}-*.js`);
    await page.getByRole("button", { name: "Load it again" }).click();
    await expect(page.getByRole("searchbox")).toBeVisible();
    await expect(shell.alerts).toHaveCount(0);
  });
}

test("a link that has the focus before the app's script has come keeps it", async ({ page, shell }) => {
  const release = Promise.withResolvers<void>();
  await holdScripts(page, release.promise);
  await page.goto("/greeter?protocol=connect", { waitUntil: "commit" });
  const link = shell.navigation.getByRole("link", { name: "Books" });
  await link.focus();
  release.resolve();
  await expect(shell.protocolOption("Connect")).toBeChecked();
  await expect(link).toBeFocused();
});

test("a link followed before the app's script has come keeps the protocol", async ({ page, shell }) => {
  const release = Promise.withResolvers<void>();
  await holdScripts(page, release.promise);
  await page.goto("/greeter?protocol=connect", { waitUntil: "commit" });
  await expect(shell.protocolNote).toBeHidden();
  await shell.navigation.getByRole("link", { name: "Books" }).click({ noWaitAfter: true });
  await page.waitForURL("/books?protocol=connect", { waitUntil: "commit" });
  release.resolve();
  await expect(shell.protocolOption("Connect")).toBeChecked();
  await expect(shell.protocolNote).toContainText("over Connect");
});

/** Holds the app's scripts back until then. */
async function holdScripts(page: Page, until: Promise<void>): Promise<void> {
  await page.route("**/assets/*.js", async (route) => {
    await until;
    await route.continue();
  });
}
