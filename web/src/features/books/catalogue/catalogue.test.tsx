import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const catalogue = () => within(screen.getByRole("region", { name: "Catalogue" }));
const titles = () =>
  catalogue()
    .queryAllByRole("heading")
    .map(({ textContent }) => textContent);
const count = () => catalogue().getByRole("status", { name: "Books found" }).textContent;

test("shows the first books with what is known of them", async () => {
  await renderBooks();
  expect(titles()).toEqual(["Book 1", "Book 2", "Book 3"]);
  expect(count()).toBe("3 of 8 books");
  const [first] = catalogue().getAllByRole("listitem");
  expect(first?.textContent).toContain("Author 1 · 1900");
  expect(first?.textContent).toContain("Mystery");
});

test("shows more until there are no more, and moves the focus to the first of the new ones", async () => {
  const { settle } = await renderBooks();
  await userEvent.click(screen.getByRole("button", { name: "Show more books" }));
  await settle();
  expect(titles()).toHaveLength(6);
  expect(document.activeElement).toBe(catalogue().getAllByRole("listitem")[3]);
  await userEvent.click(screen.getByRole("button", { name: "Show more books" }));
  await settle();
  expect(titles()).toHaveLength(8);
  expect(catalogue().getByText("· 750 BCE")).toBeDefined();
  expect(screen.queryByRole("button", { name: "Show more books" })).toBeNull();
});

test("searches once the typing pauses", async () => {
  const { shop, environment, settle } = await renderBooks();
  await userEvent.type(screen.getByRole("searchbox", { name: "Search" }), "book 7");
  expect(shop.searches).toHaveLength(1);
  await act(() => environment.advance(250));
  await settle();
  expect(shop.searches.map(({ request }) => request.query)).toEqual(["", "book 7"]);
  expect(titles()).toEqual(["Book 7"]);
  expect(count()).toBe("1 book");
});

test("cancels the search that nobody wants any more", async () => {
  const { shop, environment, settle } = await renderBooks();
  shop.beforeSearch = ({ query }) => (query === "book 7" ? new Promise(() => {}) : Promise.resolve());
  const field = screen.getByRole("searchbox", { name: "Search" });
  await userEvent.type(field, "book 7");
  await act(() => environment.advance(250));
  await settle();
  expect(shop.searches[1]?.context.signal.aborted).toBe(false);
  await userEvent.type(field, "{Backspace}8");
  await act(() => environment.advance(250));
  await settle();
  expect(shop.searches.map(({ request }) => request.query)).toEqual(["", "book 7", "book 8"]);
  expect(shop.searches[1]?.context.signal.aborted).toBe(true);
  expect(titles()).toEqual(["Book 8"]);
});

test("keeps to a category, also one from the URL", async () => {
  const { settle } = await renderBooks("/books?category=fantasy");
  expect(titles()).toEqual(["Book 2", "Book 4", "Book 6"]);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Category" }), "mystery");
  await settle();
  expect(titles()).toEqual(["Book 1", "Book 3", "Book 5"]);
});

test("gives advice where nothing is found, and the way back to all books", async () => {
  const { settle } = await renderBooks("/books?q=zzz");
  expect(screen.getByText("No book is found by “zzz”")).toBeDefined();
  expect(count()).toBe("No books found");
  await userEvent.click(screen.getByRole("button", { name: "Show all books" }));
  await settle();
  expect(titles()).toHaveLength(3);
  expect(screen.getByRole<HTMLInputElement>("searchbox", { name: "Search" }).value).toBe("");
});
