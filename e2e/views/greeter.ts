import { type AppView, whenLive } from "../app-view.ts";

/** The views of the page greeter. */
export const views: readonly AppView[] = [
  {
    name: "greeter",
    path: "/greeter",
    arrived: (page) => page.getByRole("log", { name: "Live wall" }).getByRole("listitem").nth(4).waitFor(),
    async settled(page) {
      await whenLive(page, 1);
      await page.getByRole("textbox", { name: "Name" }).fill("W".repeat(200));
      await page.getByRole("button", { name: "Start" }).click();
      await page.getByRole("log", { name: "Streamed greetings" }).getByRole("listitem").first().waitFor();
      await page.getByRole("button", { name: "Greet", exact: true }).click();
      await page.getByRole("status", { name: "Greeting" }).getByText("WWW").waitFor();
    },
  },
];
