import type { Catalogue } from "./catalogue.ts";

/** A catalogue that another can take the place of, at once and whole: each call answers from one of them. */
export interface LiveCatalogue extends Catalogue {
  /** The catalogue that answers now, which never changes: for whoever needs several answers that fit together. */
  readonly current: Catalogue;
  replace(next: Catalogue): void;
}

/** Serves a catalogue until another replaces it. */
export function createLiveCatalogue(first: Catalogue): LiveCatalogue {
  let current = first;
  return {
    get current() {
      return current;
    },
    replace(next) {
      current = next;
    },
    get books() {
      return current.books;
    },
    get categories() {
      return current.categories;
    },
    find: (id) => current.find(id),
    book: (id) => current.book(id),
    requireCategory: (id) => current.requireCategory(id),
    search: (search) => current.search(search),
  };
}
