import { createRouterTransport } from "@connectrpc/connect";
import { screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { CalculatorService } from "@triptych/proto/triptych/calculator/v1/calculator_pb.ts";
import { GreeterService } from "@triptych/proto/triptych/greeter/v1/greeter_pb.ts";
import { RecommendationService } from "@triptych/proto/triptych/recommendation/v1/recommendation_pb.ts";
import { beforeAll, expect, it, vi } from "vitest";
import { App } from "./app.tsx";
import { navigationPages } from "./shell/pages.ts";
import { renderApp } from "./test/render-app.tsx";

const transport = createRouterTransport(({ rpc }) => {
  rpc(CalculatorService.method.evaluate, ({ expression }) => ({ value: `value of ${expression}`, exact: true }));
  rpc(RecommendationService.method.recommend, () => ({ recommendations: [{ book: { id: 1, title: "Emma" } }] }));
  rpc(GreeterService.method.watchGreetings, async function* (_request, { signal }) {
    yield { update: { case: "position" as const, value: { sequence: 0n } } };
    if (!signal.aborted) await new Promise((resolve) => signal.addEventListener("abort", resolve));
  });
  rpc(GreeterService.method.listLanguages, () => ({ languages: [{ tag: "fr", name: "français" }] }));
});

beforeAll(() => {
  vi.spyOn(window, "scrollTo").mockImplementation(() => {});
});

function navigation() {
  const [first] = screen.getAllByRole("navigation", { name: "Pages" });
  if (first === undefined) throw new Error("there is no navigation");
  return within(first);
}

it("shows the overview with something alive of each service", async () => {
  renderApp(<App />, { transport });
  expect(await screen.findByText("value of 0.1 + 0.2")).toBeDefined();
  expect(await screen.findByText("Emma")).toBeDefined();
  expect(await screen.findByText("français")).toBeDefined();
  expect(await screen.findByText("live")).toBeDefined();
  expect(screen.getAllByRole("heading", { level: 1 })).toHaveLength(1);
});

it("says at an address without a page that there is none", async () => {
  renderApp(<App />, { transport, path: "/nowhere" });
  expect(await screen.findByRole("heading", { name: "There is no such page" })).toBeDefined();
  expect(document.title).toBe("There is no such page · Triptych");
});

it.each(navigationPages.slice(1))("leads to $path, moves the focus there and marks the link", async ({ label }) => {
  renderApp(<App />, { transport, path: "/nowhere" });
  await userEvent.click(navigation().getByRole("link", { name: label }));
  expect(await screen.findByRole("heading", { level: 1, name: label })).toBeDefined();
  expect(document.activeElement).toBe(screen.getByRole("main"));
  expect(navigation().getByRole("link", { name: label }).getAttribute("aria-current")).toBe("page");
});

it("takes the protocol from the URL, and gRPC-Web where there is none", () => {
  renderApp(<App />, { transport, path: "/nowhere?protocol=connect" });
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Connect" }).checked).toBe(true);
});

it("keeps the chosen protocol from page to page", async () => {
  renderApp(<App />, { transport, path: "/nowhere" });
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "gRPC-Web" }).checked).toBe(true);
  await userEvent.click(screen.getByRole("radio", { name: "Connect JSON" }));
  const books = navigation().getByRole("link", { name: "Books" });
  expect(books.getAttribute("href")).toBe("/books?protocol=connect-json");
  await userEvent.click(books);
  await screen.findByRole("heading", { level: 1, name: "Books" });
  expect(screen.getByRole<HTMLInputElement>("radio", { name: "Connect JSON" }).checked).toBe(true);
});
