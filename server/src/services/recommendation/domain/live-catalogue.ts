import type { Catalogue } from "./catalogue.ts";

/** A catalogue that answers each call from the one that is served at that moment, which another may take the place of. */
export function createLiveCatalogue(current: () => Catalogue): Catalogue {
  return {
    get books() {
      return current().books;
    },
    get categories() {
      return current().categories;
    },
    find: (id) => current().find(id),
    book: (id) => current().book(id),
    requireCategory: (id) => current().requireCategory(id),
    search: (search) => current().search(search),
  };
}
