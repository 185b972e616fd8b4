import type { Book } from "./book.ts";
import { bookRows } from "./books.ts";
import { type Catalogue, createCatalogue } from "./catalogue.ts";
import { categoryNames } from "./categories.ts";

/** The well-known books that come with the server. */
export const builtInBooks: readonly Book[] = bookRows.map(([id, title, authors, year, categories, popularity]) => ({
  id,
  title,
  authors,
  year,
  categories,
  popularity,
}));

/** The catalogue of the books that come with the server. */
export const builtInCatalogue: Catalogue = createCatalogue(builtInBooks, categoryNames);
