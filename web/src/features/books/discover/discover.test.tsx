import { Code, ConnectError } from "@connectrpc/connect";
import { act, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { createFakeBookshop } from "../testing/fake-bookshop.ts";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

async function discover(shop = createFakeBookshop()) {
  await act(() => import("../later-view.tsx"));
  const books = await renderBooks("/books?view=discover", shop);
  const shelf = (name: string) => within(screen.getByRole("region", { name }));
  const titles = (name: string) =>
    within(shelf(name).getByRole("list", { name }))
      .getAllByRole("heading", { level: 3 })
      .map(({ textContent }) => textContent);
  return { ...books, shelf, titles };
}

it("lists what trends and what is new, of all books or of one category", async () => {
  const shop = createFakeBookshop();
  shop.trending = [
    [4, 9],
    [1, 2.5],
  ];
  const { shelf, titles, settle } = await discover(shop);
  expect(titles("Trending")).toEqual(["Book 4", "Book 1"]);
  expect(shelf("Trending").getByText("Score 2.5")).toBeDefined();
  expect(titles("New").slice(0, 2)).toEqual(["Book 7", "Book 6"]);
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "Discover in" }), "mystery");
  await settle();
  expect(titles("Trending")).toEqual(["Book 1"]);
  expect(titles("New").slice(0, 2)).toEqual(["Book 7", "Book 5"]);
});

it("says that nothing trends, and fails each shelf alone", async () => {
  const shop = createFakeBookshop();
  const { shelf } = await discover(shop);
  expect(shelf("Trending").getByText("Nothing trends here yet. Open a book, and it will.")).toBeDefined();
  expect(shelf("New").queryByRole("alert")).toBeNull();
});

it("says what cannot be had, and asks again on demand", async () => {
  const shop = createFakeBookshop();
  shop.beforeShelf = () => {
    throw new ConnectError("draining", Code.Unavailable);
  };
  const { shelf, titles, settle } = await discover(shop);
  expect(shelf("New").getByRole("alert").textContent).toContain("UNAVAILABLE");
  shop.beforeShelf = () => {};
  await userEvent.click(shelf("New").getByRole("button", { name: "Try again" }));
  await settle();
  expect(titles("New")[0]).toBe("Book 7");
});
