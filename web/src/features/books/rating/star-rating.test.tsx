import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderApp } from "../../../test/render-app.tsx";
import { StarRating } from "./star-rating.tsx";

function setUp(stars?: number) {
  const changes: (number | undefined)[] = [];
  renderApp(<StarRating title="Emma" stars={stars} onChange={(next) => changes.push(next)} />);
  return changes;
}

const star = (name: string) => screen.getByRole<HTMLInputElement>("radio", { name });

it("is a group of five radio buttons that says what is rated", () => {
  setUp(4);
  expect(screen.getByRole("radiogroup", { name: "Your rating of Emma" })).toBeDefined();
  expect(screen.getAllByRole("radio")).toHaveLength(5);
  expect(star("4 stars").checked).toBe(true);
});

it("tells the stars that were clicked", async () => {
  const changes = setUp();
  await userEvent.click(star("1 star"));
  expect(changes).toEqual([1]);
});

it("takes digits from the keyboard, and moves the focus to the star chosen", async () => {
  const changes = setUp(4);
  await userEvent.tab();
  await userEvent.keyboard("2{Control>}3{/Control}");
  expect(changes).toEqual([2]);
  expect(document.activeElement).toBe(star("2 stars"));
});

it("does not tell what is so already", async () => {
  const changes = setUp(4);
  await userEvent.tab();
  await userEvent.keyboard("4");
  expect(changes).toEqual([]);
});

it.each(["0", "{Delete}", "{Backspace}"])("withdraws with %s", async (key) => {
  const changes = setUp(4);
  await userEvent.tab();
  await userEvent.keyboard(key);
  expect(changes).toEqual([undefined]);
});

it("withdraws on a button, and keeps the focus in the group", async () => {
  const changes = setUp(4);
  await userEvent.click(screen.getByRole("button", { name: "Withdraw your rating of Emma" }));
  expect(changes).toEqual([undefined]);
  expect(document.activeElement).toBe(star("1 star"));
});

it("offers to withdraw only what there is", () => {
  setUp();
  expect(screen.queryByRole("button")).toBeNull();
});
