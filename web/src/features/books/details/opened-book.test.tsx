import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { ReaderEventKind } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { beforeEach, expect, it } from "vitest";
import { createFakeBookshop } from "../testing/fake-bookshop.ts";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const dialog = async (name: string) => within(await screen.findByRole("dialog", { name }));

async function openBook(shop = createFakeBookshop()) {
  const books = await renderBooks("/books", shop);
  // As the page does by itself: the tests count turns, and not time.
  await act(() => import("./book-dialog.tsx"));
  await userEvent.click(screen.getByRole("button", { name: "Open: Book 1" }));
  await books.settle();
  return { ...books, book: await dialog("Book 1") };
}

it("shows a book with those like it and why, and reports that it was opened", async () => {
  const { shop, book, settle } = await openBook();
  const similar = within(book.getByRole("list", { name: "Similar books" }));
  expect(similar.getAllByRole("heading", { level: 4 }).map(({ textContent }) => textContent)).toEqual([
    "Book 2",
    "Book 3",
  ]);
  expect(similar.getByText(/Liked by readers who like/).textContent).toBe("Liked by readers who like Book 1 +0.25");
  expect(similar.getByText("Of the same kind")).toBeDefined();
  await userEvent.click(similar.getByRole("button", { name: "Open: Book 3" }));
  await settle();
  const other = await dialog("Book 3");
  expect(document.activeElement).toBe(other.getByRole("heading", { level: 2, name: "Book 3" }));
  expect(shop.reports.map(({ userId, events }) => [userId, events.map(({ kind, bookId }) => [kind, bookId])])).toEqual([
    [7, [[ReaderEventKind.OPENED, 1]]],
    [7, [[ReaderEventKind.OPENED, 3]]],
  ]);
});

it("closes, and leaves the page as it was", async () => {
  const { book, settle } = await openBook();
  await userEvent.click(book.getByRole("button", { name: "Close the book" }));
  await settle();
  expect(screen.queryByRole("dialog", { name: "Book 1" })).toBeNull();
});

it("shows the book also where those like it cannot be had, and asks again on demand", async () => {
  const shop = createFakeBookshop();
  shop.beforeShelf = () => {
    throw new ConnectError("draining", Code.Unavailable);
  };
  const { book, settle } = await openBook(shop);
  const similar = within(book.getByRole("region", { name: "Similar books" }));
  expect(similar.getByRole("alert").textContent).toContain("UNAVAILABLE");
  shop.beforeShelf = () => {};
  await userEvent.click(similar.getByRole("button", { name: "Try again" }));
  await settle();
  expect(similar.getByRole("list", { name: "Similar books" })).toBeDefined();
});

it("reports what is put into the basket, and goes on where reports fail", async () => {
  const { shop, settle } = await renderBooks();
  shop.beforeShelf = () => {
    throw new ConnectError("draining", Code.Unavailable);
  };
  await userEvent.click(screen.getByRole("button", { name: "Add to basket: Book 2" }));
  await settle();
  expect(shop.reports[0]?.events[0]).toMatchObject({ kind: ReaderEventKind.PUT_INTO_BASKET, bookId: 2 });
  expect(screen.getByRole("button", { name: "Basket 1 book" })).toBeDefined();
});
