import type { AppView } from "../app-view.ts";

/** The views of the page operations. */
export const views: readonly AppView[] = [
  {
    name: "operations",
    path: "/operations",
    arrived: (page) => page.getByRole("region", { name: "Calls by method and protocol" }).waitFor(),
    async settled(page) {
      await page.getByRole("row", { name: /^OperationsService\/WatchOperations/ }).waitFor();
      await page.getByRole("row", { name: /MAX_CALLS_IN_FLIGHT/ }).waitFor();
    },
  },
];
