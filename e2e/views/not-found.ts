import type { AppView } from "../app-view.ts";

/** What stands at an address without a page. */
export const views: readonly AppView[] = [
  {
    name: "not found",
    path: "/nowhere",
    arrived: (page) => page.getByRole("link", { name: "Go to the overview" }).waitFor(),
    async settled(page) {
      await page.getByRole("link", { name: "Go to the overview" }).waitFor();
    },
  },
];
