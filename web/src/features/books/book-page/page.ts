import { IconBooks } from "@tabler/icons-react";
import type { PageEntry } from "../../../shell/page-entry.ts";

/** The pages of books. */
export const page: PageEntry = {
  path: "/books/:id",
  label: "Book",
  place: 31,
  icon: IconBooks,
  partOf: "/books",
  hue: "verdigris",
  load: async () => (await import("./book-page.tsx")).BookPage,
};
