import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** Finds the ratings of a book, which are counted. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw("create index ratings_by_book on ratings(book_id, stars, user_id)").execute(db);
  },
};
