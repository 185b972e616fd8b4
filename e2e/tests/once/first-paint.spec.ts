import { expect } from "@playwright/test";
import { test } from "../../fixtures.ts";

/** Each page, its heading and how its first paragraph begins. */
const pages = [
  ["/", "Three services, three protocols, one port", "This page calls the same endpoints as any gRPC client"],
  ["/calculator", "Calculator", "Exact while it can be"],
  ["/greeter", "Greeter", "Greet anyone in any of the greeter’s languages."],
  ["/books?view=orders", "Books", "Rate what you have read"],
  ["/streams", "Streams", "gRPC knows four kinds of call."],
  ["/explorer", "Explorer", "Call any method that this server offers"],
] as const;

for (const [path, title, beginning] of pages) {
  test(`${path} shows its title and first paragraph before any script has come`, async ({ page }) => {
    const release = Promise.withResolvers<void>();
    await page.route("**/assets/*.js", async (route) => {
      await release.promise;
      await route.continue();
    });
    await page.goto(path, { waitUntil: "commit" });
    const main = page.getByRole("main");
    await expect(main.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(main.getByText(beginning)).toBeVisible();
    expect(await page.evaluate(() => performance.getEntriesByName("first-contentful-paint").length)).toBe(1);
    // What does nothing yet is not shown: links lead on, controls wait.
    await expect(page.getByRole("button")).toHaveCount(0);
    await expect(page.getByRole("radio")).toHaveCount(0);
    release.resolve();
    await expect(page.getByRole("radio", { name: "gRPC-Web" })).toBeChecked();
    await expect(main.getByRole("heading", { level: 1 })).toHaveText(title);
    await expect(page).toHaveTitle(`${title} · Triptych`);
  });
}

test("an address without a page says so before any script has come", async ({ page }) => {
  await page.route("**/assets/*.js", (route) => route.abort());
  await page.goto("/nowhere");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("There is no such page");
  await page.getByRole("link", { name: "Go to the overview" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Three services, three protocols, one port");
});
