import { existsSync } from "node:fs";
import type { BookTraits } from "../../services/recommendation/domain/training/training-data.ts";
import { openLibraryDatabase } from "./library.ts";
import { libraryFile } from "./library-file.ts";

/**
 * Reads what the library of a data folder knows of each of its books besides who likes it, by id; empty while nothing is imported. The tags
 * are the most used ones that say something of the book. It can run in any thread.
 * @throws Error when there is a library that cannot be read.
 */
export function readLibraryTraits(dataDir: string): readonly BookTraits[] {
  const path = libraryFile(dataDir);
  if (!existsSync(path)) return [];
  const database = openLibraryDatabase(path);
  try {
    const rows = database.prepare("select id, authors, tags from books order by id").all();
    return rows.map(({ id, authors, tags }) => ({
      id: Number(id),
      // Written as JSON by the import.
      authors: JSON.parse(String(authors)) as BookTraits["authors"],
      tags: JSON.parse(String(tags)) as BookTraits["tags"],
    }));
  } finally {
    database.close();
  }
}
