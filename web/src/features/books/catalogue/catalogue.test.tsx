import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { createFakeBookshop, type FakeBookshop, fakeBooksUpTo } from "../testing/fake-bookshop.ts";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const catalogue = () => within(screen.getByRole("region", { name: "Catalogue" }));
const titles = () =>
  catalogue()
    .queryAllByRole("heading")
    .map(({ textContent }) => textContent);
const count = () => catalogue().getByRole("status", { name: "Books found" }).textContent;

/** What has been searched for, without the pages after the first. */
const queries = (shop: FakeBookshop) =>
  shop.searches.filter(({ request }) => request.pageToken === "").map(({ request }) => request.query);

it("shows the books with what is known of them, page by page as far as they are seen", async () => {
  await renderBooks();
  expect(titles()).toEqual(["Book 1", "Book 2", "Book 3", "Book 4", "Book 5", "Book 6", "Book 7", "Book 8"]);
  expect(count()).toBe("8 books");
  const [first, , , , , , , last] = catalogue().getAllByRole("listitem");
  expect(first?.textContent).toContain("1900 · Author 1");
  expect(first?.textContent).toContain("Mystery");
  expect(last?.textContent).toContain("750 BCE · Author 8");
});

it("keeps outlines in the place of books that have not come yet", async () => {
  const shop = createFakeBookshop();
  shop.beforeSearch = ({ pageToken }) => (pageToken === "" ? Promise.resolve() : new Promise(() => {}));
  await renderBooks("/books", shop);
  expect(titles()).toEqual(["Book 1", "Book 2", "Book 3"]);
  const items = catalogue().getAllByRole("listitem");
  expect(items).toHaveLength(8);
  expect(items[3]?.textContent).toBe("Loading…");
});

it("has of a large catalogue only what is near the window, and says which of how many each is", async () => {
  const shop = createFakeBookshop(fakeBooksUpTo(5_000));
  await renderBooks("/books", shop);
  const items = catalogue().getAllByRole("listitem");
  expect(count()).toBe("5,000 books");
  expect(items.length).toBeLessThan(30);
  expect(items[1]?.getAttribute("aria-posinset")).toBe("2");
  expect(items[1]?.getAttribute("aria-setsize")).toBe("5000");
});

it("keeps the books that are there when more fail to come, and goes on from there", async () => {
  const shop = createFakeBookshop();
  const failure = new ConnectError("draining", Code.Unavailable);
  shop.beforeSearch = ({ pageToken }) => (pageToken === "" ? Promise.resolve() : Promise.reject(failure));
  const { settle } = await renderBooks("/books", shop);
  expect(titles()).toEqual(["Book 1", "Book 2", "Book 3"]);
  shop.beforeSearch = async () => {};
  const searches = shop.searches.length;
  await userEvent.click(within(catalogue().getByRole("alert")).getByRole("button"));
  await settle();
  expect(titles()).toHaveLength(8);
  expect(shop.searches.slice(searches).map(({ request }) => request.pageToken)).toEqual(["3", "6"]);
});

it("goes from the search to the first book, and from book to book with the keyboard", async () => {
  const shop = createFakeBookshop(fakeBooksUpTo(500));
  const { settle } = await renderBooks("/books", shop);
  const place = () => document.activeElement?.getAttribute("aria-posinset");
  await userEvent.click(screen.getByRole("searchbox", { name: "Search" }));
  await userEvent.keyboard("{ArrowDown}");
  expect(place()).toBe("1");
  await userEvent.keyboard("{ArrowDown}{ArrowRight}");
  expect(place()).toBe("4");
  await userEvent.keyboard("{End}");
  await settle();
  expect(place()).toBe("500");
  await userEvent.keyboard("{Home}");
  expect(place()).toBe("1");
});

it("starts over when the catalogue has become another one while it was read", async () => {
  const shop = createFakeBookshop(fakeBooksUpTo(8));
  const { settle } = await renderBooks("/books?category=mystery", shop);
  expect(titles()).toEqual(["Book 1", "Book 3", "Book 5", "Book 7"]);
  shop.beforeSearch = async ({ pageToken }) => {
    if (pageToken === "3") shop.books = fakeBooksUpTo(6);
  };
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Category" }), "fantasy");
  await settle();
  await settle();
  expect(titles()).toEqual(["Book 2", "Book 4", "Book 6"]);
  expect(count()).toBe("3 books");
});

it("marks what was found", async () => {
  await renderBooks("/books?q=book+7");
  const heading = catalogue().getByRole("heading", { name: "Book 7" });
  expect([...heading.querySelectorAll("mark")].map(({ textContent }) => textContent)).toEqual(["Book", "7"]);
});

it("searches once the typing pauses", async () => {
  const { shop, environment, settle } = await renderBooks();
  await userEvent.type(screen.getByRole("searchbox", { name: "Search" }), "book 7");
  expect(queries(shop)).toEqual([""]);
  await act(() => environment.advance(250));
  await settle();
  expect(queries(shop)).toEqual(["", "book 7"]);
  expect(titles()).toEqual(["Book 7"]);
  expect(count()).toBe("1 book found");
});

it("cancels the search that nobody wants any more", async () => {
  const { shop, environment, settle } = await renderBooks();
  shop.beforeSearch = ({ query }) => (query === "book 7" ? new Promise(() => {}) : Promise.resolve());
  const field = screen.getByRole("searchbox", { name: "Search" });
  await userEvent.type(field, "book 7");
  await act(() => environment.advance(250));
  await settle();
  const unwanted = shop.searches.find(({ request }) => request.query === "book 7")?.context.signal;
  expect(unwanted?.aborted).toBe(false);
  await userEvent.type(field, "{Backspace}8");
  await act(() => environment.advance(250));
  await settle();
  expect(queries(shop)).toEqual(["", "book 7", "book 8"]);
  expect(unwanted?.aborted).toBe(true);
  expect(titles()).toEqual(["Book 8"]);
});

it("keeps to a category, also one from the URL", async () => {
  const { settle } = await renderBooks("/books?category=fantasy");
  expect(titles()).toEqual(["Book 2", "Book 4", "Book 6", "Book 8"]);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Category" }), "mystery");
  await settle();
  expect(titles()).toEqual(["Book 1", "Book 3", "Book 5", "Book 7"]);
});

it("gives advice where nothing is found, and the way back to all books", async () => {
  const { settle } = await renderBooks("/books?q=zzz");
  expect(screen.getByText("No book is found by “zzz”")).toBeDefined();
  expect(count()).toBe("No books found");
  await userEvent.click(screen.getByRole("button", { name: "Show all books" }));
  await settle();
  expect(titles()).toHaveLength(8);
  expect(screen.getByRole<HTMLInputElement>("searchbox", { name: "Search" }).value).toBe("");
});
