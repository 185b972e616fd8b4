import { Code, ConnectError } from "@connectrpc/connect";
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { RankedBy } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeBookshop, fakeBooks } from "./testing/fake-bookshop.ts";
import { renderBooks } from "./testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const recommended = () => within(screen.getByRole("region", { name: "Recommended for you" }));
const order = () =>
  recommended()
    .getAllByRole("heading", { level: 3 })
    .map(({ textContent }) => textContent);
const catalogue = () => within(screen.getByRole("region", { name: "Catalogue" }));
const starsOf = (title: string) => within(catalogue().getByRole("radiogroup", { name: `Your rating of ${title}` }));
const note = () => recommended().getByRole("status", { name: "What changed the list" }).textContent;

function shopWhereRatingsFail() {
  const shop = createFakeBookshop();
  const answer = Promise.withResolvers<void>();
  shop.beforeRating = () => answer.promise;
  return { shop, fail: () => answer.reject(new ConnectError("draining", Code.Unavailable)) };
}

it("follows the recommendations of the reader, and stops when the page is left", async () => {
  const { shop, recommend, unmount, settle } = await renderBooks();
  await recommend([4, 5]);
  expect(order()).toEqual(["Book 4", "Book 5"]);
  expect(shop.lists[0]?.request.userId).toBe(7);
  unmount();
  await settle();
  expect(shop.lists[0]?.context.signal.aborted).toBe(true);
});

it("re-ranks the list and marks what moved", async () => {
  const { recommend } = await renderBooks();
  await recommend([4, 5, 6], { sequence: 1n });
  await recommend([6, 4, 7], { sequence: 2n, changedBookId: 5 });
  expect(order()).toEqual(["Book 6", "Book 4", "Book 7"]);
  expect(recommended().getByRole("img", { name: "up 2" })).toBeDefined();
  expect(recommended().getByRole("img", { name: "down 1" })).toBeDefined();
  expect(recommended().getByText("new")).toBeDefined();
});

it("says why a book is recommended: with the shares at once of the first, and on demand of the others", async () => {
  const { recommend } = await renderBooks();
  await recommend([4, 5]);
  const [first, second] = recommended()
    .getAllByRole("listitem")
    .filter((item) => item.dataset.flip !== undefined);
  expect(within(first as HTMLElement).getByText("75 %")).toBeDefined();
  expect(within(first as HTMLElement).getByText("popularity and lesser influences")).toBeDefined();
  expect(within(second as HTMLElement).queryByText("75 %")).toBeNull();
  const reason = recommended().getByRole("button", { name: "Because you liked Book 6" });
  await userEvent.click(reason);
  expect(reason.getAttribute("aria-expanded")).toBe("true");
  expect(within(second as HTMLElement).getByText("75 %")).toBeDefined();
  expect(within(second as HTMLElement).getByText("25 %")).toBeDefined();
});

it("shows the share of popularity where the reason tells what each part adds", async () => {
  const { shop, settle } = await renderBooks();
  const influences = [{ bookId: 1, title: "Book 1", share: 0.5, contribution: 0.2 }];
  const reason = { summary: "Because you liked Book 1", influences, popularity: 0.08 };
  const value = { recommendations: [{ book: fakeBooks[3] ?? {}, reason }] };
  shop.lists.at(-1)?.stream.push({ update: { case: "list", value } });
  await settle();
  const shares = recommended().getAllByText(/^\d+ %$/);
  expect(shares.map(({ textContent }) => textContent)).toEqual(["50 %", "20 %", "30 %"]);
  expect(recommended().getByText("its popularity")).toBeDefined();
  expect(recommended().getByText("other books you rated")).toBeDefined();
});

it("says by which model the list is ranked, and that it is popular while there is none", async () => {
  const shop = createFakeBookshop();
  shop.stars.set(1, 5);
  const { recommend } = await renderBooks("/books", shop);
  await recommend([4], { ranking: { by: RankedBy.POPULARITY } });
  expect(recommended().getByText("No model is ready yet: popular books are shown until it is.")).toBeDefined();
  await recommend([4], { ranking: { by: RankedBy.MODEL, modelVersion: 2n } });
  expect(recommended().getByText("Ranked by model 2, from your own ratings.")).toBeDefined();
  expect(note()).toBe("Model 2 is served now: every book kept its place.");
  await recommend([4], { ranking: { by: RankedBy.POPULARITY, modelVersion: 2n } });
  expect(recommended().getByText(/None of your ratings says anything about other books/)).toBeDefined();
});

it("labels sample readers beside what is popular", async () => {
  const { recommend, tellModel } = await renderBooks();
  await recommend([4], { ranking: { by: RankedBy.POPULARITY, modelVersion: 1n } });
  await tellModel({ version: 1n, data: { books: 8, readers: 1_200, sampleReaders: 1_150, likes: 9_000n } });
  expect(
    recommended().getByText("The model knows 1,200 readers, 1,150 of them generated sample readers."),
  ).toBeDefined();
});

it("invites a reader without ratings to rate, and no other", async () => {
  const { recommend, settle } = await renderBooks();
  await recommend([4]);
  expect(recommended().getByText(/You have not rated any book yet/)).toBeDefined();
  await userEvent.click(starsOf("Book 1").getByRole("radio", { name: "5 stars" }));
  await settle();
  expect(recommended().queryByText(/You have not rated any book yet/)).toBeNull();
});

it("shows a rating at once, and keeps it when it is stored", async () => {
  const { shop, settle } = await renderBooks();
  await userEvent.click(starsOf("Book 2").getByRole("radio", { name: "4 stars" }));
  expect(starsOf("Book 2").getByRole<HTMLInputElement>("radio", { name: "4 stars" }).checked).toBe(true);
  await settle();
  expect(starsOf("Book 2").getByRole<HTMLInputElement>("radio", { name: "4 stars" }).checked).toBe(true);
  expect(shop.rated.map(({ userId, bookId, change }) => [userId, bookId, change.value])).toEqual([[7, 2, 4]]);
});

it("takes a rating back that was not stored, and says so", async () => {
  const { shop, fail } = shopWhereRatingsFail();
  const { settle } = await renderBooks("/books", shop);
  await userEvent.click(starsOf("Book 2").getByRole("radio", { name: "4 stars" }));
  expect(starsOf("Book 2").getByRole<HTMLInputElement>("radio", { name: "4 stars" }).checked).toBe(true);
  fail();
  await settle();
  expect(starsOf("Book 2").queryByRole("radio", { checked: true })).toBeNull();
  expect(screen.getByRole("region", { name: "Notices" }).textContent).toMatch(/rating was not stored.*UNAVAILABLE/);
});

it("says when another client's rating changed the list, and shows that rating", async () => {
  const { shop, recommend, settle } = await renderBooks();
  await recommend([4, 5], { sequence: 1n });
  shop.stars.set(2, 5);
  await recommend([5, 4], { sequence: 9n, changedBookId: 2 });
  await settle();
  expect(note()).toContain("Your rating of Book 2 was changed from another client");
  expect(starsOf("Book 2").getByRole<HTMLInputElement>("radio", { name: "5 stars" }).checked).toBe(true);
});

it("says which rating changed the list when it was made here, even before its answer", async () => {
  const shop = createFakeBookshop();
  const answer = Promise.withResolvers<void>();
  shop.beforeRating = () => answer.promise;
  const { recommend, settle } = await renderBooks("/books", shop);
  await recommend([4, 6]);
  await userEvent.click(starsOf("Book 2").getByRole("radio", { name: "4 stars" }));
  await recommend([5, 4], { sequence: 1n, changedBookId: 2 });
  expect(note()).toBe("Your 4 stars for Book 2: 1 down, 1 new.");
  answer.resolve();
  await settle();
  expect(note()).toBe("Your 4 stars for Book 2: 1 down, 1 new.");
});

it("lists the reader's ratings in step with other clients, to change and to withdraw", async () => {
  const shop = createFakeBookshop();
  shop.stars.set(1, 3);
  const { recommend, settle } = await renderBooks("/books?view=ratings", shop);
  const ratings = within(screen.getByRole("region", { name: "My ratings" }));
  const rated = () => ratings.queryAllByRole("heading", { level: 3 }).map(({ textContent }) => textContent);
  expect(rated()).toEqual(["Book 1"]);
  shop.stars.set(2, 5);
  await recommend([4], { sequence: 9n, changedBookId: 2 });
  await settle();
  expect(rated()).toEqual(["Book 1", "Book 2"]);
  await userEvent.click(ratings.getByRole("button", { name: "Withdraw your rating of Book 1" }));
  expect(rated()).toEqual(["Book 2"]);
  expect(document.activeElement).toBe(ratings.getByRole("list", { name: "Rated books" }));
  await settle();
  expect(shop.rated[0]?.change).toEqual({ case: "withdraw", value: true });
});

it("asks again for what could not be had, once the server is there again", async () => {
  const shop = createFakeBookshop();
  shop.beforeSearch = () => Promise.reject(new ConnectError("draining", Code.Unavailable));
  const { recommend, settle } = await renderBooks("/books", shop);
  expect(catalogue().getByRole("alert").textContent).toContain("UNAVAILABLE");
  shop.beforeSearch = async () => {};
  await recommend([4]);
  await settle();
  expect(catalogue().queryByRole("alert")).toBeNull();
  expect(catalogue().getByRole("heading", { name: "Book 1" })).toBeDefined();
});

it("goes from tab to tab with the arrow keys", async () => {
  await renderBooks();
  await userEvent.click(screen.getByRole("tab", { name: "Catalogue" }));
  await userEvent.keyboard("{ArrowLeft}");
  const orders = screen.getByRole("tab", { name: "Orders" });
  expect(document.activeElement).toBe(orders);
  expect(orders.getAttribute("aria-selected")).toBe("true");
  expect(await screen.findByRole("log", { name: "Live orders" })).toBeDefined();
});
