import { NotFound } from "../../../domain/errors.ts";
import { quoted } from "../../../domain/quoted.ts";
import type { Book, Category } from "./book.ts";
import { type BookIndex, byPopularity, createPlainIndex } from "./book-index.ts";
import { findNear } from "./find-near.ts";
import { createFit } from "./search-text.ts";
import { wordsOf } from "./words.ts";

/** Which books to look for; an empty category or query does not narrow the search. */
interface BookSearch {
  readonly category: string;
  /** Words that must all occur, each at the start of a word of the title or the authors, or almost. */
  readonly query: string;
}

/** Where fewer books have the words as they are, those are looked for that have others like them. */
const FEW = 10;

/** The books there are. */
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
  /**
   * The books that fit: those that fit the words best first, without words the most popular; those that fit as well by popularity and
   * then by id. Where few fit, those follow that have words spelled almost like these, the most alike first. NotFound for an unknown category.
   */
  search(search: BookSearch): readonly Book[];
}

/**
 * Makes a catalogue of books and of names for their categories. The index is of these books in the order of `byPopularity`.
 * An Error when two books share an id.
 */
export function createCatalogue(
  books: readonly Book[],
  names: Readonly<Record<string, string>>,
  index?: BookIndex,
): Catalogue {
  const sorted = books.toSorted((a, b) => a.id - b.id);
  const byId = new Map(sorted.map((book) => [book.id, book]));
  if (byId.size < sorted.length) throw new Error("two books of the catalogue share an id");
  const shelf = byPopularity(sorted);
  const shelves = shelvesOf(shelf);
  const used = index ?? createPlainIndex(shelf);
  const { texts, find } = used;

  const shelfOf = (category: string): readonly Book[] => {
    const found = category === "" ? shelf : shelves.get(category);
    if (found === undefined) throw new NotFound(`category ${quoted(category, 60)} does not exist`);
    return found;
  };
  /** Tells books by how they fit; each kind comes in the order of the shelf. */
  const bestFirst = (places: ArrayLike<number>, words: readonly string[], category: string): readonly Book[] => {
    const fitOf = createFit(words);
    const kinds: Book[][] = [[], [], [], [], [], [], [], []];
    for (let at = 0; at < places.length; at++) {
      const place = places[at] ?? -1;
      const [book, text] = [shelf[place], texts[place]];
      if (book === undefined || text === undefined) continue;
      if (category === "" || book.categories.includes(category)) kinds[fitOf(text)]?.push(book);
    }
    return kinds.reverse().flat();
  };
  return {
    books: sorted,
    categories: categoriesOf(shelves, names),
    find: (id) => byId.get(id),
    book(id) {
      const book = byId.get(id);
      if (book === undefined) throw new NotFound(`book ${id} does not exist`);
      return book;
    },
    requireCategory(id) {
      shelfOf(id);
    },
    search({ category, query }) {
      const all = shelfOf(category);
      const words = wordsOf(query);
      if (words.length === 0) return all;
      const different = [...new Set(words)];
      const exact = find(different.map((word) => [word]));
      const found = bestFirst(exact, words, category);
      if (exact.length >= FEW) return found;
      const others = findNear(used, different, exact)
        .flatMap((place) => shelf[place] ?? [])
        .filter((book) => category === "" || book.categories.includes(category));
      return [...found, ...others];
    },
  };
}

function shelvesOf(shelf: readonly Book[]): ReadonlyMap<string, readonly Book[]> {
  const shelves = new Map<string, Book[]>();
  for (const book of shelf) {
    for (const category of book.categories) {
      const books = shelves.get(category);
      if (books) books.push(book);
      else shelves.set(category, [book]);
    }
  }
  return shelves;
}

function categoriesOf(
  shelves: ReadonlyMap<string, readonly Book[]>,
  names: Readonly<Record<string, string>>,
): Category[] {
  return [...shelves]
    .map(([id, books]) => ({ id, name: names[id] ?? id, bookCount: books.length }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}
