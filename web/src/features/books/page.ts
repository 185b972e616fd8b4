import { IconBooks } from "@tabler/icons-react";
import type { PageEntry } from "../../shell/page-entry.ts";

/** The page of the navigation. */
export const page: PageEntry = {
  path: "/books",
  label: "Books",
  place: 30,
  icon: IconBooks,
  hue: "verdigris",
  header: { title: "Books", lede: "Rate what you have read, and watch the recommendations follow." },
  load: async () => (await import("./books-page.tsx")).BooksPage,
};
