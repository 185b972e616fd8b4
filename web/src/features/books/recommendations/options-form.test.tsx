import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { beforeEach, expect, it } from "vitest";
import { renderBooks } from "../testing/render-books.tsx";

beforeEach(() => localStorage.clear());

const recommended = () => within(screen.getByRole("region", { name: "Recommended for you" }));
const click = (name: string | RegExp) => userEvent.click(recommended().getByRole("button", { name }));
const order = () =>
  recommended()
    .getAllByRole("heading", { level: 3 })
    .map(({ textContent }) => textContent);

it("asks for several categories, from a year on, with rated books, in streams of their own", async () => {
  const { shop, recommend, settle } = await renderBooks();
  await recommend([4, 5]);
  await click("Recommend from all books");
  await userEvent.click(recommended().getByRole("checkbox", { name: "Fantasy" }));
  await userEvent.click(recommended().getByRole("checkbox", { name: "Mystery" }));
  await userEvent.selectOptions(recommended().getByRole("combobox", { name: "Published" }), "1950");
  await userEvent.click(recommended().getByRole("checkbox", { name: "Hide books I have rated" }));
  await settle();
  expect(shop.lists.at(-1)?.request).toMatchObject({
    userId: 7,
    categories: ["fantasy", "mystery"],
    minYear: 1950,
    excludeRated: false,
    diverse: true,
    compare: true,
  });
  expect(shop.lists.slice(0, -1).every(({ context }) => context.signal.aborted)).toBe(true);
  expect(recommended().getByRole("button", { name: /^Recommend from:/ }).textContent).toBe(
    "Recommend from: Fantasy or Mystery, since 1950, with those I have rated",
  );
  await click("Recommend from all books");
  await settle();
  expect(shop.lists.at(-1)?.request).toMatchObject({ categories: [], excludeRated: true });
  expect(shop.lists.at(-1)?.request.minYear).toBeUndefined();
});

it("has the focus on the last entry where the last one goes", async () => {
  const { recommend, settle } = await renderBooks();
  await recommend([4, 5]);
  await click("Not for me: Book 5");
  await settle();
  await recommend([4]);
  expect(document.activeElement).toBe(recommended().getByRole("link", { name: "Book 4" }));
  await click("Not for me: Book 4");
  await settle();
  await recommend([6]);
  expect(document.activeElement).toBe(recommended().getByRole("link", { name: "Book 6" }));
});

it("leaves out what is not for the reader, also after a reload, until that is taken back", async () => {
  const { shop, recommend, settle, unmount } = await renderBooks();
  await recommend([4, 5]);
  await click("Not for me: Book 4");
  await settle();
  expect(shop.lists.at(-1)?.request.excludedBookIds).toEqual([4]);
  // The list before stays until the next has come.
  expect(order()).toEqual(["Book 4", "Book 5"]);
  await recommend([5, 6]);
  expect(order()).toEqual(["Book 5", "Book 6"]);
  expect(document.activeElement).toBe(recommended().getByRole("link", { name: "Book 5" }));
  unmount();
  const again = await renderBooks();
  expect(again.shop.lists.at(-1)?.request.excludedBookIds).toEqual([4]);
  expect(recommended().getByText(/1 book is not for you/)).toBeDefined();
  await click("Recommend them again");
  await again.settle();
  expect(again.shop.lists.at(-1)?.request.excludedBookIds).toEqual([]);
});

it("shows others in place of those that were shown, and goes back to the best", async () => {
  const { shop, recommend, settle } = await renderBooks();
  await recommend([4, 5]);
  await click("Show others");
  await settle();
  expect(shop.lists.at(-1)?.request.shownBookIds).toEqual([4, 5]);
  await recommend([6, 7]);
  await click("Show others");
  await settle();
  expect(shop.lists.at(-1)?.request.shownBookIds).toEqual([4, 5, 6, 7]);
  await click("Back to the best");
  await settle();
  expect(shop.lists.at(-1)?.request.shownBookIds).toEqual([]);
});

it("offers all books where nothing is left", async () => {
  const { shop, recommend, settle } = await renderBooks();
  await recommend([4]);
  await click("Recommend from all books");
  await userEvent.click(recommended().getByRole("checkbox", { name: "Fantasy" }));
  await settle();
  await recommend([]);
  const [, button] = recommended().getAllByRole("button", { name: "Recommend from all books" });
  await userEvent.click(button as HTMLElement);
  await settle();
  expect(shop.lists.at(-1)?.request.categories).toEqual([]);
});
