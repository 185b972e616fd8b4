import { expect, type Page } from "@playwright/test";
import { test } from "../../fixtures.ts";

test.beforeEach(async ({ books }) => {
  await books.open();
  await books.at(1).getByRole("heading").waitFor();
});

test("only the books near the window are in the document, and the keyboard reaches the last", async ({
  books,
  page,
}) => {
  const total = Number(await books.at(1).getAttribute("aria-setsize"));
  expect(total).toBeGreaterThan(300);
  expect(await books.shelf.count()).toBeLessThan(60);
  await books.search.press("ArrowDown");
  await expect(books.at(1)).toBeFocused();
  await page.keyboard.press("End");
  await expect(books.at(total)).toBeFocused();
  await expect(books.at(total).getByRole("heading")).toBeInViewport();
  await expect(books.at(1)).toHaveCount(0);
  expect(await books.shelf.count()).toBeLessThan(60);
  await page.keyboard.press("ArrowLeft");
  await expect(books.at(total - 1)).toBeFocused();
  await page.keyboard.press("Home");
  await expect(books.at(1)).toBeFocused();
  await expect(books.at(1).getByRole("heading")).toBeInViewport();
});

test("a book that has the focus stays while others are scrolled by", async ({ books, page }) => {
  await books.at(1).getByRole("radio", { name: "1 star" }).focus();
  await scrollTo(page, 20_000);
  await expect(books.at(2)).toHaveCount(0);
  await expect(books.at(1).getByRole("radio", { name: "1 star" })).toBeFocused();
});

test("a button leads back to the search from far down", async ({ books, page }) => {
  const back = page.getByRole("button", { name: "Back to the search" });
  await expect(back).toHaveCount(0);
  await scrollTo(page, 20_000);
  await back.click();
  await expect(books.search).toBeFocused();
  await expect(books.search).toBeInViewport();
  await expect(back).toHaveCount(0);
});

test("a view stays where it was scrolled to, also after another page and a reload", async ({ books, page }) => {
  const total = Number(await books.at(1).getAttribute("aria-setsize"));
  await page.keyboard.press("End");
  await expect(books.at(total).getByRole("heading")).toBeInViewport();
  await books.show("My ratings");
  await expect(page.getByRole("heading", { name: "My ratings" })).toBeInViewport();
  await books.show("Catalogue");
  await expect(books.at(total).getByRole("heading")).toBeInViewport();
  // Not `click`, which scrolls before it clicks what stays at the top of the window.
  await page.getByRole("link", { name: "Greeter", exact: true }).first().dispatchEvent("click");
  await expect(page.getByRole("heading", { level: 1, name: "Greeter" })).toBeInViewport();
  await page.goBack();
  await expect(books.at(total).getByRole("heading")).toBeInViewport();
  await page.reload();
  await expect(books.at(total).getByRole("heading")).toBeInViewport();
});

async function scrollTo(page: Page, top: number): Promise<void> {
  await page.evaluate((to) => window.scrollTo(0, to), top);
}
