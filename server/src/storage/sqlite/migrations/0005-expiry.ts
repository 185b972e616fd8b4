import { type Kysely, sql } from "kysely";
import type { Migration } from "kysely/migration";

/** What finds the rows that are too old to count, and when each reader was last shown a list that is compared. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex("reader_events_by_time").on("reader_events").column("time").execute();
    await db.schema.createIndex("book_trends_by_time").on("book_trends").column("time").execute();
    await db.schema.createIndex("shown_books_by_time").on("shown_books").column("time").execute();
    await db.schema
      .alterTable("compared_readers")
      .addColumn("time", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
    await sql`update compared_readers set time = coalesce(
      (select max(shown_books.time) from shown_books where shown_books.user_id = compared_readers.user_id), 0)`.execute(
      db,
    );
    await db.schema.createIndex("compared_readers_by_time").on("compared_readers").column("time").execute();
  },
};
