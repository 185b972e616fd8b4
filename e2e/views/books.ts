import type { Page } from "@playwright/test";
import { type AppView, whenLive } from "../app-view.ts";

/** The views of the page books. */
export const views: readonly AppView[] = [
  {
    name: "books",
    path: "/books",
    settled: onShelf,
    arrived: recommended,
  },
  { name: "recommendations", path: "/books?view=for-you", settled: (page) => whenLive(page, 1) },
  {
    name: "model",
    path: "/books?view=for-you",
    async settled(page) {
      await whenLive(page, 1);
      const model = page.getByRole("region", { name: "The model" });
      await model.getByRole("button", { name: "The model" }).click();
      await model.getByRole("figure", { name: "Quality of the model" }).waitFor();
    },
  },
  {
    name: "options",
    path: "/books?view=for-you",
    async settled(page) {
      await recommended(page);
      await page.getByRole("button", { name: "Not for me" }).first().click();
      await page.getByRole("button", { name: "Recommend from all books" }).click();
      await page.getByRole("checkbox", { name: "Hide books I have rated" }).waitFor();
    },
  },
  {
    name: "discover",
    path: "/books?view=discover",
    arrived: recommended,
    async settled(page) {
      await page.getByRole("list", { name: "New" }).getByRole("listitem").nth(3).waitFor();
    },
  },
  {
    name: "book dialog",
    path: "/books",
    async settled(page) {
      await onShelf(page);
      await page.getByRole("button", { name: "Open: " }).first().click();
      await page.getByRole("list", { name: "Similar books" }).getByRole("listitem").nth(3).waitFor();
    },
  },
  {
    name: "book",
    path: "/books/6",
    async arrived(page) {
      await page.getByRole("list", { name: "Similar books" }).getByRole("listitem").nth(3).waitFor();
      await page.getByRole("list", { name: "Your recommendations now" }).getByRole("listitem").nth(3).waitFor();
    },
    async settled(page) {
      await page.getByRole("list", { name: "Similar books" }).getByRole("listitem").nth(3).waitFor();
      await page.getByRole("list", { name: "Your recommendations now" }).getByRole("listitem").nth(3).waitFor();
      await page
        .getByRole("radiogroup", { name: "Your rating of" })
        .first()
        .getByRole("radio", { name: "2 stars" })
        .check({ force: true });
      await page.getByText(/moved, come or gone|Nothing has moved/).waitFor();
    },
  },
  {
    name: "no such book",
    path: "/books/2147483647",
    async settled(page) {
      await page.getByRole("heading", { name: "There is no such book" }).waitFor();
    },
  },
  {
    name: "ratings",
    path: "/books?view=ratings",
    arrived: recommended,
    async settled(page) {
      await page.getByRole("list", { name: "Rated books" }).getByRole("listitem").nth(3).waitFor();
    },
  },
  {
    name: "orders",
    path: "/books?view=orders",
    arrived: recommended,
    async settled(page) {
      await page.getByRole("log", { name: "Live orders" }).getByRole("article").first().waitFor();
    },
  },
  {
    name: "receipt",
    path: "/books?view=orders",
    async settled(page) {
      await page
        .getByRole("log", { name: "Live orders" })
        .getByRole("article")
        .first()
        .getByRole("link")
        .first()
        .click();
      await page.getByRole("region", { name: "Receipt" }).waitFor();
    },
  },
  {
    name: "no such order",
    path: "/orders/none",
    async settled(page) {
      await page.getByRole("heading", { name: "There is no such order" }).waitFor();
    },
  },
  {
    name: "order dialog",
    path: "/books",
    async settled(page) {
      await onShelf(page);
      const add = page.getByRole("list", { name: "Books" }).getByRole("button", { name: "Add to basket" });
      for (const index of [0, 1, 2]) await add.nth(index).click();
      await page.getByRole("button", { name: "Basket 3 books" }).click();
      await page.getByRole("button", { name: "Place order" }).click();
      await page.getByText("A number to call you back on is required").waitFor();
    },
  },
  {
    name: "reader dialog",
    path: "/books",
    async settled(page) {
      await onShelf(page);
      await page.getByRole("button", { name: "Guest reader" }).click();
      await page.getByRole("button", { name: "Become this reader" }).click();
      await page.getByText("A whole number from 1").waitFor();
    },
  },
];

async function onShelf(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Books", exact: true }).getByRole("listitem").nth(5).waitFor();
}

/** The recommendations are what comes last. */
async function recommended(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Recommended books" }).getByRole("listitem").nth(3).waitFor();
}
