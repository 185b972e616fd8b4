import { expect, type Locator } from "@playwright/test";
import { OrderService } from "@triptych/proto/triptych/order/v1/order_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { test } from "../../fixtures.ts";
import { orderNumber } from "../../order-number.ts";
import { uniqueName } from "../../unique-name.ts";

test.beforeEach(async ({ books }) => {
  await books.open();
  await expect(books.recommendationsState).toHaveText("live");
});

test("books are found by words of title and author", async ({ books, page }) => {
  await books.search.fill("agath christ");
  await expect(books.found).toHaveText(/^\d+ books found$/);
  await expect(books.shelf.first()).toContainText("Agatha Christie");
  await expect(books.shelf.filter({ hasNotText: "Agatha Christie" })).toHaveCount(0);
  await page.reload();
  await expect(books.search).toHaveValue("agath christ");
  await expect(books.shelf.filter({ hasNotText: "Agatha Christie" })).toHaveCount(0);
});

test("books are found as one types, also within a category", async ({ books, page }) => {
  await books.search.pressSequentially("the m");
  await expect(books.book("The Maltese Falcon").locator("mark")).toHaveText(["The", "M"]);
  await expect(books.shelf.filter({ hasNotText: "Mystery" })).not.toHaveCount(0);
  await books.category.selectOption("mystery");
  await expect(books.shelf.filter({ hasNotText: "Mystery" })).toHaveCount(0);
  await expect(books.book("The Maltese Falcon")).toBeVisible();
  await books.search.pressSequentially("altese");
  await expect(books.found).toHaveText("1 book found");
  await expect(page).toHaveURL(/category=mystery.*q=the\+maltese|q=the\+maltese.*category=mystery/);
  await books.search.press("Escape");
  await expect(books.search).toHaveValue("");
  await expect(books.found).toHaveText(/^\d+ books$/);
});

test("the page says what is popular among whom, and which model is served", async ({ books, page }) => {
  await expect(books.model).toContainText(
    /Model \d+ learned from [\d,]+ likes by [\d,]+ readers, (all|[\d,]+) of them generated sample readers\./,
  );
  const recommended = page.getByRole("region", { name: "Recommended for you" });
  await expect(recommended).toContainText("You have not rated any book yet, so these are popular");
  await expect(recommended).toContainText("of them generated sample readers");
  await books.openModel();
  await expect(books.model.getByText(/books of the built-in catalogue/)).toBeVisible();
  await expect(books.model.getByRole("table", { name: /Quality/ }).getByRole("row", { name: /served/ })).toHaveCount(1);
});

test("the shares of a recommendation are told", async ({ books }) => {
  await books.rate("The Hobbit", 5);
  await books.rate("The Maltese Falcon", 4);
  await expect(books.changeNote).toContainText("Your 4 stars for The Maltese Falcon");
  // By its title: the place of a book may change at any time.
  const [, second = ""] = await titles(books.recommendedTitles);
  await books.recommendation(second).getByRole("button", { expanded: false }).click();
  const shares = await titles(books.shares(second));
  expect(shares.some((share) => /The Hobbit|The Maltese Falcon/.test(share))).toBe(true);
  expect(shares.every((share) => / (?:[<>] )?\d+ %$/.test(share))).toBe(true);
  const sum = shares.reduce((total, share) => total + Number(/(\d+) %$/.exec(share)?.[1]), 0);
  expect(Math.abs(sum - 100)).toBeLessThan(4);
});

test("a rating changes the recommendations and stays", async ({ books, page }) => {
  const before = await titles(books.recommendedTitles);
  await books.rate("The Maltese Falcon", 5);
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("The Maltese Falcon");
  expect(await titles(books.recommendedTitles)).not.toEqual(before);
  await expect(books.changeNote).toContainText("Your 5 stars for The Maltese Falcon");
  await page.reload();
  await expect(books.star("The Maltese Falcon", 5)).toBeChecked();
});

test("a rating by a native client re-ranks the open page", async ({ books, native, shell }) => {
  await books.find("Ender's Game");
  const before = await titles(books.recommendedTitles);
  await native(RecommendationService).rateBook({
    userId: await shell.readerId(),
    bookId: 5,
    change: { case: "stars", value: 5 },
  });
  await expect(books.changeNote).toContainText("Ender's Game");
  await expect(books.recommendations.getByRole("listitem").first()).toContainText("Ender's Game");
  expect(await titles(books.recommendedTitles)).not.toEqual(before);
  await expect(books.star("Ender's Game", 5)).toBeChecked();
});

test("a placed order is in the live list and with the server", async ({ books, native, shell }) => {
  const note = uniqueName("please ring twice");
  await books.putIntoBasket("The Dune Chronicles");
  await books.putIntoBasket("The Maltese Falcon");
  await expect(books.basketButton).toHaveAccessibleName("Basket 2 books");
  await books.openBasket();
  await books.phone.fill("+49 30 1234567");
  await books.note.fill(note);
  await books.placeOrder();
  await expect(shell.notices).toContainText(/Your order \S+ was taken\./);
  await expect(books.basketButton).toHaveAccessibleName("Basket 0 books");

  const number = await orderNumberIn(shell.notices);
  await books.show("Orders");
  await expect(books.order(number)).toContainText("The Dune Chronicles");
  await expect(books.order(number)).toContainText("The Maltese Falcon");
  const receipt = await books.order(number).getByRole("link", { name: number }).getAttribute("href");
  const id = /[\da-f-]{36}/.exec(receipt ?? "")?.[0] ?? "";
  const { order } = await native(OrderService).getOrder({ id });
  expect(order).toMatchObject({ phone: "+49 30 1234567", attributes: { note } });
  expect(order?.items).toMatchObject([
    { bookId: 6, quantity: 1, title: "The Dune Chronicles" },
    { bookId: 1, quantity: 1, title: "The Maltese Falcon" },
  ]);
});

test("an order by a native client appears in the open list", async ({ books, native }) => {
  await books.show("Orders");
  await expect(books.ordersState).toHaveText("live");
  const { order } = await native(OrderService).createOrder({
    items: [{ bookId: 4, quantity: 42 }],
    phone: "+1 555 0100",
    idempotencyKey: crypto.randomUUID(),
  });
  await expect(books.order(orderNumber(order?.id ?? ""))).toContainText("42 × The Hitchhiker's Guide to the Galaxy");
});

test("what is wrong with an order is said at the field", async ({ books }) => {
  await books.putIntoBasket("Man's Search for Meaning");
  await books.openBasket();
  await books.placeOrder();
  await expect(books.phone).toHaveAccessibleDescription(/A number to call you back on is required/);
  await books.phone.fill("call me");
  await books.placeOrder();
  await expect(books.phone).toHaveAttribute("aria-invalid", "true");
  await expect(books.phone).toHaveAccessibleDescription(/must /);
  await expect(books.phone).toBeFocused();
});

/** The titles once there are some. */
async function titles(locator: Locator): Promise<string[]> {
  await locator.first().waitFor();
  return locator.allTextContents();
}

async function orderNumberIn(notice: Locator): Promise<string> {
  return /Your order (\S+) was taken/.exec((await notice.textContent()) ?? "")?.[1] ?? "";
}
