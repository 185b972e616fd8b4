import { DatabaseSync } from "node:sqlite";

/** All that a library file holds, but when it was imported. */
export function dumpLibrary(path: string): Readonly<Record<string, readonly unknown[]>> {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    const rows = (sql: string) => database.prepare(sql).all();
    return {
      meta: rows("select * from meta where key <> 'imported_at' order by key"),
      books: rows("select * from books order by id"),
      ratings: rows("select * from ratings order by user_id, book_id"),
      wishes: rows("select * from wishes order by user_id, book_id"),
      badRows: rows("select * from bad_rows order by file, line"),
    };
  } finally {
    database.close();
  }
}
