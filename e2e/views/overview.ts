import { type AppView, whenLive } from "../app-view.ts";

/** The views of the page overview. */
export const views: readonly AppView[] = [
  {
    name: "overview",
    path: "/",
    arrived: (page) => page.getByRole("region", { name: "Books" }).getByRole("listitem").nth(2).waitFor(),
    async settled(page) {
      await whenLive(page, 1);
      await page.getByText("2 ^ 64 - 1 =").waitFor();
      await page.getByRole("region", { name: "Books" }).getByRole("listitem").nth(2).waitFor();
      await page.getByRole("log", { name: "Latest greetings" }).getByRole("paragraph").first().waitFor();
    },
  },
];
