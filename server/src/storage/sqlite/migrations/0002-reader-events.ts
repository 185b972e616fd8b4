import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What readers did with books, and how much was done with each. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("reader_events")
      .addColumn("user_id", "integer", (column) => column.notNull())
      .addColumn("kind", "text", (column) => column.notNull())
      .addColumn("book_id", "integer", (column) => column.notNull())
      .addColumn("time", "integer", (column) => column.notNull())
      .addPrimaryKeyConstraint("reader_events_by_reader", ["user_id", "kind", "book_id"])
      .execute();
    await db.schema
      .createTable("book_trends")
      .addColumn("book_id", "integer", (column) => column.primaryKey())
      .addColumn("score", "real", (column) => column.notNull())
      .addColumn("time", "integer", (column) => column.notNull())
      .execute();
  },
};
