import type { Page } from "@playwright/test";

/** A page of the app, and how to know that it is there with everything on it. */
export interface AppPage {
  readonly name: string;
  readonly path: string;
  /** Resolves when nothing more is on its way. */
  readonly settled: (page: Page) => Promise<void>;
}

/** Resolves when no part of the page is an outline of something yet to come and every stream is live. */
async function whenLive(page: Page, streams: number): Promise<void> {
  await page
    .getByText(/^live$/)
    .nth(streams - 1)
    .waitFor();
}

/** Every page and every view of it. */
export const everyPage: readonly AppPage[] = [
  {
    name: "overview",
    path: "/",
    async settled(page) {
      await whenLive(page, 1);
      await page.getByText("2 ^ 64 - 1 =").waitFor();
      await page.getByRole("region", { name: "Books" }).getByRole("listitem").nth(2).waitFor();
      await page.getByRole("log", { name: "Latest greetings" }).getByRole("paragraph").first().waitFor();
    },
  },
  {
    name: "calculator",
    path: "/calculator",
    async settled(page) {
      const expression = page.getByRole("textbox", { name: "Expression" });
      await expression.fill("1000! / 998! + sqrt(2)^3");
      await expression.press("Enter");
      await page.getByRole("status", { name: "Steps status" }).getByText("done").waitFor();
      await page.getByRole("region", { name: "History" }).getByRole("listitem").first().waitFor();
      await expression.fill("500! + ".repeat(40));
      await page.getByRole("status", { name: "Hint" }).getByText("Next comes").waitFor();
    },
  },
  {
    name: "greeter",
    path: "/greeter",
    async settled(page) {
      await whenLive(page, 1);
      await page.getByRole("textbox", { name: "Name" }).fill("W".repeat(200));
      await page.getByRole("button", { name: "Start" }).click();
      await page.getByRole("log", { name: "Streamed greetings" }).getByRole("listitem").first().waitFor();
      await page.getByRole("button", { name: "Greet", exact: true }).click();
      await page.getByRole("status", { name: "Greeting" }).getByText("WWW").waitFor();
    },
  },
  { name: "books", path: "/books", settled: onShelf },
  { name: "recommendations", path: "/books?view=for-you", settled: (page) => whenLive(page, 1) },
  {
    name: "model",
    path: "/books?view=for-you",
    async settled(page) {
      await whenLive(page, 1);
      const model = page.getByRole("region", { name: "The model" });
      await model.getByRole("button", { name: "The model" }).click();
      await model.getByRole("figure", { name: "Quality of the model" }).waitFor();
    },
  },
  {
    name: "ratings",
    path: "/books?view=ratings",
    async settled(page) {
      await page.getByRole("list", { name: "Rated books" }).getByRole("listitem").nth(3).waitFor();
    },
  },
  {
    name: "orders",
    path: "/books?view=orders",
    async settled(page) {
      await page.getByRole("log", { name: "Live orders" }).getByRole("article").first().waitFor();
    },
  },
  {
    name: "order dialog",
    path: "/books",
    async settled(page) {
      await onShelf(page);
      const add = page.getByRole("list", { name: "Books" }).getByRole("button", { name: "Add to basket" });
      for (const index of [0, 1, 2]) await add.nth(index).click();
      await page.getByRole("button", { name: "Basket 3 books" }).click();
      await page.getByRole("button", { name: "Place order" }).click();
      await page.getByText("A number to call you back is needed").waitFor();
    },
  },
  {
    name: "reader dialog",
    path: "/books",
    async settled(page) {
      await onShelf(page);
      await page.getByRole("button", { name: /^Reader/ }).click();
      await page.getByRole("button", { name: "Become this reader" }).click();
      await page.getByText("A whole number from 1").waitFor();
    },
  },
  {
    name: "streams",
    path: "/streams?protocol=websocket",
    async settled(page) {
      const panel = (kind: string) => page.getByRole("region", { name: kind, exact: true });
      const message = (kind: string, text: string) =>
        panel(kind).getByRole("log").getByRole("listitem").filter({ hasText: text }).first();
      await panel("Unary").getByRole("button", { name: "Call" }).click();
      await panel("Server streaming").getByRole("button", { name: "Start" }).click();
      await message("Server streaming", "Hello").waitFor();
      await panel("Server streaming").getByRole("button", { name: "Stop" }).click();
      await panel("Client streaming").getByRole("radio", { name: "GreetGroup" }).check();
      await panel("Client streaming").getByRole("textbox", { name: "Name" }).fill("W".repeat(60));
      await panel("Client streaming").getByRole("textbox", { name: "Name" }).press("Enter");
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).fill("1.5");
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).press("Enter");
      await message("Bidirectional streaming", "total 1.5").waitFor();
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).fill("many");
      await panel("Bidirectional streaming").getByRole("textbox", { name: "Number" }).press("Enter");
      await message("Unary", "OK").waitFor();
    },
  },
  {
    name: "streams over a protocol that cannot carry them all",
    path: "/streams",
    async settled(page) {
      await page.getByRole("button", { name: "Switch to WebSocket" }).nth(1).waitFor();
    },
  },
  {
    name: "explorer",
    path: "/explorer",
    async settled(page) {
      await page.getByText("Choose a method", { exact: true }).first().waitFor();
      await page.getByRole("searchbox", { name: "Find a method" }).waitFor();
    },
  },
  {
    name: "call in the explorer",
    path: "/explorer?method=triptych.greeter.v1.GreeterService/SayHello",
    async settled(page) {
      await page.getByRole("textbox", { name: "name", exact: true }).fill("W".repeat(200));
      await page.getByRole("textbox", { name: "language", exact: true }).fill("no such tag");
      await page.getByRole("button", { name: "Add metadata" }).click();
      await page.getByRole("button", { name: "Send", exact: true }).click();
      await page.getByRole("list", { name: "Error details" }).getByRole("listitem").first().waitFor();
      await page.getByRole("button", { name: "Copy buf curl" }).waitFor();
    },
  },
  {
    name: "form with lists and maps in the explorer",
    path: "/explorer?method=test.grpc_test/helle_test",
    async settled(page) {
      const form = page.getByRole("form", { name: "Request" });
      for (const name of ["data", "number_1", "number"])
        await form.getByRole("button", { name: `Add to ${name}`, exact: true }).click();
      await form.getByRole("textbox", { name: "age", exact: true }).first().fill("old");
      await form.getByRole("button", { name: "Send", exact: true }).click();
      await form.getByRole("alert").waitFor();
    },
  },
  {
    name: "wire panel",
    path: "/streams",
    async settled(page) {
      await page.getByRole("button", { name: "Wire", exact: true }).click();
      await page.getByRole("region", { name: "Wire", exact: true }).waitFor();
      await page.getByRole("button", { name: "Call", exact: true }).click();
      await page.getByRole("option", { name: "SayHello" }).click();
      await page.getByRole("tab", { name: /^Frames/ }).waitFor();
      await page.getByText("trailers", { exact: false }).last().waitFor();
    },
  },
  {
    name: "not found",
    path: "/nowhere",
    async settled(page) {
      await page.getByRole("link", { name: "Go to the overview" }).waitFor();
    },
  },
];

async function onShelf(page: Page): Promise<void> {
  await page.getByRole("list", { name: "Books", exact: true }).getByRole("listitem").nth(5).waitFor();
}
