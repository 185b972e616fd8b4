import { NotFound } from "../../domain/errors.ts";
import type { Book, Category } from "./book.ts";
import type { BookRow } from "./books.ts";
import { searchableWordsOf, wordsOf } from "./words.ts";

/** Which books to look for; an empty category or query does not narrow the search. */
interface BookSearch {
  readonly category: string;
  /** Words that must all occur, each at the start of a word of the title or the authors. */
  readonly query: string;
}

/** The books there are. It never changes while the server runs. */
export interface Catalogue {
  /** All books by id. */
  readonly books: readonly Book[];
  /** All categories by name. */
  readonly categories: readonly Category[];
  /** The book with this id, if there is one. */
  find(id: number): Book | undefined;
  /** The book with this id; NotFound when there is none. */
  book(id: number): Book;
  /** NotFound unless there is a category with this id. */
  requireCategory(id: string): void;
  /** The books that fit, most popular first and then by id; NotFound for an unknown category. */
  search(search: BookSearch): readonly Book[];
}

/** Makes a catalogue of rows and of names for their categories. An Error when two books share an id. */
export function createCatalogue(rows: readonly BookRow[], names: Readonly<Record<string, string>>): Catalogue {
  const books = rows.map(bookFromRow).sort((a, b) => a.id - b.id);
  const byId = new Map(books.map((book) => [book.id, book]));
  if (byId.size < books.length) throw new Error("two books of the catalogue share an id");
  const categories = categoriesOf(books, names);
  const categoryIds = new Set(categories.map(({ id }) => id));
  const shelf = books.toSorted((a, b) => b.popularity - a.popularity || a.id - b.id).map(indexEntry);

  const requireCategory = (id: string): void => {
    if (!categoryIds.has(id)) throw new NotFound(`category ${JSON.stringify(id.slice(0, 60))} does not exist`);
  };
  return {
    books,
    categories,
    find: (id) => byId.get(id),
    book(id) {
      const book = byId.get(id);
      if (book === undefined) throw new NotFound(`book ${id} does not exist`);
      return book;
    },
    requireCategory,
    search({ category, query }) {
      if (category !== "") requireCategory(category);
      const wanted = [...new Set(wordsOf(query))];
      return shelf
        .filter(({ book }) => category === "" || book.categories.includes(category))
        .filter(({ words }) => wanted.every((prefix) => words.some((word) => word.startsWith(prefix))))
        .map(({ book }) => book);
    },
  };
}

function bookFromRow([id, title, authors, year, categories, popularity]: BookRow): Book {
  return { id, title, authors, year, categories, popularity };
}

function indexEntry(book: Book): { readonly book: Book; readonly words: readonly string[] } {
  return { book, words: searchableWordsOf([book.title, ...book.authors].join(" ")) };
}

function categoriesOf(books: readonly Book[], names: Readonly<Record<string, string>>): Category[] {
  const counts = new Map<string, number>();
  for (const category of books.flatMap((book) => book.categories)) {
    counts.set(category, (counts.get(category) ?? 0) + 1);
  }
  return [...counts]
    .map(([id, bookCount]) => ({ id, name: names[id] ?? id, bookCount }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
