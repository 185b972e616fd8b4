import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { ReaderEventKind } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeBookshop } from "../testing/fake-bookshop.ts";
import { renderBook, renderBooks } from "../testing/render-books.tsx";

beforeEach(() => {
  localStorage.clear();
  sessionStorage.clear();
});

const textsOf = (list: string) =>
  within(screen.getByRole("list", { name: list }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
const moved = () => within(screen.getByRole("region", { name: "What moved since you rated" }));
const star = (stars: number) =>
  within(screen.getByRole("radiogroup", { name: "Your rating of Book 1" })).getByRole("radio", {
    name: `${stars} stars`,
  });

it("shows a book, what readers gave it and the books like it, names the document, and reports that it was opened", async () => {
  const { shop } = await renderBook("/books/1");
  expect(screen.getByRole("heading", { level: 1, name: "Book 1" })).toBeDefined();
  expect(document.title).toBe("Book 1 · Triptych");
  expect(screen.getByRole("link", { name: "Mystery" }).getAttribute("href")).toBe("/books?category=mystery");
  expect(textsOf("Ratings by stars").map((text) => text?.replace(/\s+/g, " "))).toEqual([
    "5 ★stars0 readers",
    "4 ★stars3 readers",
    "3 ★stars0 readers",
    "2 ★stars0 readers",
    "1 ★star0 readers",
  ]);
  expect(screen.getByText("of 5 stars, by 3 readers", { exact: false }).textContent).toContain("4.0");
  const similar = within(screen.getByRole("list", { name: "Similar books" }));
  expect(similar.getAllByRole("link", { name: "Book 2" })[0]?.getAttribute("href")).toBe("/books/2");
  expect(shop.reports.map(({ events }) => events.map(({ kind, bookId }) => [kind, bookId]))).toEqual([
    [[ReaderEventKind.OPENED, 1]],
  ]);
});

it("shows what moved since the book was rated, and counts its stars again", async () => {
  const { recommend, settle } = await renderBook("/books/1");
  await recommend([2, 3, 4]);
  expect(moved().getByText(/^Give it stars/)).toBeDefined();
  await userEvent.click(star(5));
  await settle();
  await recommend([3, 2, 5], { sequence: 1n, changedBookId: 1 });
  expect(moved().getByText("4 books have moved, come or gone.")).toBeDefined();
  expect(textsOf("Your recommendations now")).toEqual(["1Book 3was 2▲1", "2Book 2was 1▼1", "3Book 5new"]);
  expect(textsOf("No longer among them")).toEqual(["–Book 4was 3"]);
  expect(textsOf("Ratings by stars")[0]).toContain("1 reader yours");
});

it("knows what was recommended before a rating that was given in a list", async () => {
  const shop = createFakeBookshop();
  const books = await renderBooks("/books", shop);
  await books.recommend([2, 3]);
  await userEvent.click(
    within(screen.getByRole("region", { name: "Catalogue" })).getAllByRole("radio", { name: "4 stars" })[0] ??
      document.body,
  );
  await books.settle();
  books.unmount();
  const { recommend } = await renderBook("/books/1", shop);
  await recommend([3, 2]);
  expect(textsOf("Your recommendations now")).toEqual(["1Book 3was 2▲1", "2Book 2was 1▼1"]);
});

it("says of a rating from before the tab was opened how many recommendations follow from it", async () => {
  const shop = createFakeBookshop();
  shop.stars.set(3, 5);
  const { recommend } = await renderBook("/books/3", shop);
  await recommend([2, 4]);
  expect(moved().getByRole("status", { name: "What moved" }).textContent).toContain("1 of 2 follow from it.");
  expect(textsOf("Your recommendations now")).toEqual(["1Book 2", "2Book 4"]);
});

it("puts a book aside, and takes that back", async () => {
  const { shop, settle } = await renderBook("/books/1");
  const button = screen.getByRole("button", { name: "Not for me" });
  await userEvent.click(button);
  await settle();
  expect(shop.lists.at(-1)?.request.excludedBookIds).toEqual([1]);
  expect(button.getAttribute("aria-pressed")).toBe("true");
  await userEvent.click(button);
  await settle();
  expect(shop.lists.at(-1)?.request.excludedBookIds).toEqual([]);
});

it.each(["999", "0", "x", "2147483648"])("says that there is no such book: %s", async (id) => {
  await renderBook(`/books/${id}`);
  expect(screen.getByRole("heading", { level: 1, name: "There is no such book" })).toBeDefined();
  expect(screen.getByRole("link", { name: "Go to the catalogue" }).getAttribute("href")).toBe("/books");
});

it("shows the book also where its ratings cannot be counted, and asks again on demand", async () => {
  const shop = createFakeBookshop();
  shop.beforeShelf = () => {
    throw new ConnectError("draining", Code.Unavailable);
  };
  const { settle } = await renderBook("/books/1", shop);
  const panel = within(screen.getByRole("region", { name: "Readers’ ratings" }));
  expect(panel.getByRole("alert").textContent).toContain("UNAVAILABLE");
  shop.beforeShelf = () => {};
  await userEvent.click(panel.getByRole("button", { name: "Try again" }));
  await act(settle);
  expect(textsOf("Ratings by stars")[1]).toContain("3 readers");
});

it("stops its stream when the page is left", async () => {
  const { shop, unmount, settle } = await renderBook("/books/1");
  unmount();
  await settle();
  expect(shop.lists[0]?.context.signal.aborted).toBe(true);
});
