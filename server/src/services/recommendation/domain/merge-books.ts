import type { Book } from "./book.ts";

/** Below this, ids belong to the built-in catalogue, for good: ratings are stored with them. */
export const BUILT_IN_IDS_END = 1_000;

/**
 * The books of both: a built-in book that was imported as well is as it is built in, but as popular as the data say; and the data's other
 * books join. Imported books with a built-in id that the built-in catalogue does not have are left out.
 */
export function mergeBooks(builtIn: readonly Book[], imported: readonly Book[]): readonly Book[] {
  const popularity = new Map(imported.map((book) => [book.id, book.popularity]));
  return [
    ...builtIn.map((book) => ({ ...book, popularity: popularity.get(book.id) ?? book.popularity })),
    ...imported.filter(({ id }) => id >= BUILT_IN_IDS_END),
  ];
}
