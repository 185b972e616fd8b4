import { screen } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { expect, it } from "vitest";
import type { Session } from "../session/session.ts";
import { guestSession, SessionContext } from "../session/session-context.ts";
import { renderApp } from "../test/render-app.tsx";
import { ReaderMenu } from "./reader-menu.tsx";

async function submit(text: string) {
  renderApp(<ReaderMenu />, { readerId: 7 });
  await userEvent.type(await screen.findByLabelText("Another reader"), text);
  await userEvent.click(screen.getByRole("button", { name: "Become this reader", hidden: true }));
}

it("shows a guest, and has the number of the reader beside it", () => {
  renderApp(<ReaderMenu />, { readerId: 7 });
  expect(screen.getByRole("button", { name: "Guest reader", description: "Reader 7" })).toBeDefined();
});

it("becomes the reader that is chosen", async () => {
  await submit("42");
  expect(screen.getByRole("button", { name: "Guest reader", description: "Reader 42" })).toBeDefined();
});

it("says at the field what it takes, and stays the same reader", async () => {
  await submit("4.2");
  expect(screen.getByText("A whole number from 1 to 2,147,483,647")).toBeDefined();
  expect(screen.getByRole("button", { name: "Guest reader", description: "Reader 7" })).toBeDefined();
});

it("becomes a new reader", async () => {
  renderApp(<ReaderMenu />, { readerId: 7 });
  await userEvent.click(await screen.findByRole("button", { name: "Become a new reader", hidden: true }));
  expect(screen.queryByRole("button", { name: "Guest reader", description: "Reader 7" })).toBeNull();
});

/** The menu on a server that has said who the page is for. */
function renderFor(session: Session) {
  renderApp(
    <SessionContext value={{ ...guestSession, get: () => session }}>
      <ReaderMenu />
    </SessionContext>,
  );
}

it("says that anybody may do anything where the server does not ask", async () => {
  renderFor({ kind: "not-asked" });
  expect(await screen.findByText(/anybody may do anything here/)).toBeDefined();
});

it("leads to the sign-in where there is one", () => {
  renderFor({ kind: "signed-out", signsIn: true });
  expect(screen.getByRole("link", { name: "Sign in" }).getAttribute("href")).toBe("/auth/sign-in");
});

it("says that nobody can sign in where the server asks for tokens alone", async () => {
  renderFor({ kind: "signed-out", signsIn: false });
  expect(screen.getByRole("button", { name: "Not signed in" })).toBeDefined();
  expect(await screen.findByText(/people cannot sign in on this page/)).toBeDefined();
});

it("names who is signed in, and signs out", async () => {
  renderFor({ kind: "signed-in", user: { name: "Alice", isAdmin: true, readerId: 1_000_000_000, expiresAt: 0 } });
  expect(screen.getByRole("button", { name: "Alice" })).toBeDefined();
  expect(await screen.findByText(/an admin/)).toBeDefined();
  expect(screen.getByRole("button", { name: "Sign out", hidden: true })).toBeDefined();
});
