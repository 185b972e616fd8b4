import { allCategoryNames } from "../../services/recommendation/domain/all-category-names.ts";
import type { Book } from "../../services/recommendation/domain/book.ts";
import { byPopularity } from "../../services/recommendation/domain/book-index.ts";
import { builtInBooks } from "../../services/recommendation/domain/built-in-catalogue.ts";
import { type Catalogue, createCatalogue } from "../../services/recommendation/domain/catalogue.ts";
import { mergeBooks } from "../../services/recommendation/domain/merge-books.ts";
import { type SearchText, searchTextOf } from "../../services/recommendation/domain/search-text.ts";
import { createFullTextIndex } from "./full-text-index.ts";
import type { Library } from "./library.ts";

/** How many books are read or taken apart without a pause. */
const PIECE = 250;

/**
 * Makes the catalogue of the built-in books and those of a library, if there is one, with an index of its own in memory. It waits for `pause`
 * now and then, so that a server goes on answering. Rejects when the library cannot be read.
 */
export async function loadCatalogue(
  library: Library | undefined,
  pause: () => Promise<void> = letOthersRun,
): Promise<Catalogue> {
  const imported: Book[] = [];
  for (const book of library?.books() ?? []) {
    imported.push(book);
    if (imported.length % PIECE === 0) await pause();
  }
  const books = mergeBooks(builtInBooks, imported);
  const texts: SearchText[] = [];
  for (const book of byPopularity(books)) {
    texts.push(searchTextOf(book));
    if (texts.length % PIECE === 0) await pause();
  }
  return createCatalogue(books, allCategoryNames, await createFullTextIndex(texts, pause));
}

function letOthersRun(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
