import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import { renderApp } from "../test/render-app.tsx";
import { ReaderMenu } from "./reader-menu.tsx";

async function submit(text: string) {
  renderApp(<ReaderMenu />, { readerId: 7 });
  await userEvent.type(screen.getByLabelText("Another reader"), text);
  await userEvent.click(screen.getByRole("button", { name: "Become this reader", hidden: true }));
}

it("shows the reader the app acts as", () => {
  renderApp(<ReaderMenu />, { readerId: 7 });
  expect(screen.getByRole("button", { name: "Reader 7, change" })).toBeDefined();
});

it("becomes the reader that is chosen", async () => {
  await submit("42");
  expect(screen.getByRole("button", { name: "Reader 42, change" })).toBeDefined();
});

it("says at the field what it takes, and stays the same reader", async () => {
  await submit("4.2");
  expect(screen.getByText("A whole number from 1 to 2,147,483,647")).toBeDefined();
  expect(screen.getByRole("button", { name: "Reader 7, change" })).toBeDefined();
});

it("becomes a new reader", async () => {
  renderApp(<ReaderMenu />, { readerId: 7 });
  await userEvent.click(screen.getByRole("button", { name: "Become a new reader", hidden: true }));
  expect(screen.queryByRole("button", { name: "Reader 7, change" })).toBeNull();
});
