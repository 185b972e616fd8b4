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
      await page.getByRole("button", { name: /^Reader/ }).click();
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
