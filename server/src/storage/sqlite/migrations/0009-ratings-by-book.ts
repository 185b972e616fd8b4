import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** Finds the ratings of a book, which are counted. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex("ratings_by_book").on("ratings").columns(["book_id", "stars", "user_id"]).execute();
  },
};
