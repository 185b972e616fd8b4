import { expect, type Page } from "@playwright/test";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { test } from "../../fixtures.ts";

const title = (page: Page) => page.getByRole("heading", { level: 1 });
const moved = (page: Page) => page.getByRole("region", { name: "What moved since you rated" });

test("a book has a page, where it is rated, and what that moves can be seen", async ({
  books,
  native,
  page,
  shell,
}) => {
  await books.open();
  const card = await books.find("The Dune Chronicles");
  await card.getByRole("link", { name: "The Dune Chronicles" }).click();
  await expect(page).toHaveURL("/books/6");
  await expect(title(page)).toHaveText("The Dune Chronicles");
  await expect(page).toHaveTitle("The Dune Chronicles · Triptych");
  await expect(page.getByRole("main")).toBeFocused();
  await expect(shell.navigation.getByRole("link", { name: "Books" })).toHaveAttribute("aria-current", "true");
  await native(RecommendationService).rateBook({ userId: 99, bookId: 6, change: { case: "stars", value: 3 } });
  await expect(moved(page).getByText(/^Give it stars/)).toBeVisible();
  await page
    .getByRole("radiogroup", { name: "Your rating of The Dune" })
    .getByRole("radio", { name: "5 stars" })
    .check({ force: true });
  await expect(moved(page).getByText(/moved, come or gone/)).toBeVisible();
  const ratings = page.getByRole("list", { name: "Ratings by stars" });
  await expect(ratings.getByRole("listitem").first()).toContainText(/[1-9]\d* readers? yours/);
  await page.reload();
  await expect(moved(page).getByText(/moved, come or gone/)).toBeVisible();
});

test("going back and forward between books shows each where it was, and a link begins at the top", async ({ page }) => {
  await page.goto("/books/6");
  const similar = page.getByRole("list", { name: "Similar books" }).getByRole("link");
  const last = similar.last();
  const other = (await last.textContent()) ?? "";
  await last.scrollIntoViewIfNeeded();
  const top = await page.evaluate(() => window.scrollY);
  expect(top).toBeGreaterThan(0);
  await last.click();
  await expect(title(page)).toHaveText(other);
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await page.goBack();
  await expect(title(page)).toHaveText("The Dune Chronicles");
  await expect.poll(() => page.evaluate(() => window.scrollY)).toBe(top);
  await page.goForward();
  await expect(title(page)).toHaveText(other);
});

test("the palette leads to a book, and an unknown one is said to be none", async ({ page }) => {
  await page.goto("/books/999999");
  await expect(title(page)).toHaveText("There is no such book");
  await expect(page).toHaveTitle("There is no such book · Triptych");
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "Find pages" }).fill("ender's game");
  await page
    .getByRole("dialog", { name: "Find" })
    .getByRole("option", { name: /Ender's Game/ })
    .first()
    .click();
  await expect(title(page)).toHaveText("Ender's Game");
});
