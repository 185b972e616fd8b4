import { expect } from "@playwright/test";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { test } from "../../fixtures.ts";

test.beforeEach(async ({ books }) => {
  await books.open();
  await expect(books.recommendationsState).toHaveText("live");
});

test("a book is opened by the keyboard, leads to books like it, trends, and counts for the comparison", async ({
  books,
  native,
  page,
}) => {
  const title = "The Maltese Falcon";
  await books.find(title);
  await books
    .book(title)
    .getByRole("button", { name: `Open: ${title}` })
    .focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: title });
  const similar = dialog.getByRole("list", { name: "Similar books" });
  await expect(similar.getByRole("listitem").first()).toContainText(/like The Maltese Falcon.*\+\d\.\d\d/);
  const next = await similar.getByRole("heading", { level: 4 }).first().innerText();
  await similar.getByRole("button", { name: "Open: " }).first().click();
  await expect(page.getByRole("heading", { level: 2, name: next })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toHaveCount(0);
  await expect
    .poll(async () => {
      const { trendingBooks } = await native(RecommendationService).listTrendingBooks({ maxResults: 100 });
      return trendingBooks.map(({ book }) => book?.title);
    })
    .toEqual(expect.arrayContaining([title, next]));
  await books.show("Discover");
  await expect(page.getByRole("list", { name: "Trending" }).getByRole("heading", { name: title })).toBeVisible();
  await expect(page.getByRole("list", { name: "New" }).getByRole("listitem")).toHaveCount(12);
  await books.openModel();
  await expect(
    books.model.getByRole("table", { name: /Two rankings/ }).getByRole("row", { name: /^Readers/ }),
  ).toHaveText(/[1-9]/);
});

test("recommendations keep to categories and years, leave out what is not wanted, and make room for others", async ({
  books,
  page,
}) => {
  const panel = page.getByRole("region", { name: "Recommended for you" });
  const titles = async () => (await books.recommendedTitles.allTextContents()).join();
  await expect(books.recommendedTitles).toHaveCount(10);
  const older = books.recommendedTitles.filter({ hasText: "Frankenstein" });
  await panel.getByRole("button", { name: "Recommend from all books" }).click();
  await panel.getByRole("checkbox", { name: "Horror" }).check();
  await panel.getByRole("checkbox", { name: "Poetry" }).check();
  await expect(older).toHaveCount(1);
  await panel.getByRole("combobox", { name: "Published" }).selectOption("1950");
  // With it the list is that of all three.
  await expect(older).toHaveCount(0);
  await expect(panel.getByRole("button", { name: "Recommend from: Horror or Poetry, since 1950" })).toBeVisible();
  const first = books.recommendedTitles.first();
  const unwanted = await first.innerText();
  await panel.getByRole("button", { name: `Not for me: ${unwanted}`, exact: true }).click();
  await expect(first).not.toHaveText(unwanted);
  await page.reload();
  await expect(books.recommendedTitles).toHaveCount(10);
  await expect(panel.getByText("1 book is not for you.")).toBeVisible();
  const best = await titles();
  await panel.getByRole("button", { name: "Show others" }).click();
  await expect.poll(titles).not.toBe(best);
  await panel.getByRole("button", { name: "Back to the best" }).click();
  await expect.poll(titles).toBe(best);
});
