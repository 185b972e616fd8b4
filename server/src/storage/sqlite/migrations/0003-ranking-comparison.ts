import type { Kysely } from "kysely";
import type { Migration } from "kysely/migration";

/** What was shown to whom, and what came of it. */
export const migration: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable("shown_books")
      .addColumn("user_id", "integer", (column) => column.notNull())
      .addColumn("book_id", "integer", (column) => column.notNull())
      .addColumn("time", "integer", (column) => column.notNull())
      .addColumn("opened", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("rated", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("ordered", "integer", (column) => column.notNull().defaultTo(0))
      .addPrimaryKeyConstraint("shown_books_by_reader", ["user_id", "book_id"])
      .execute();
    await db.schema
      .createTable("compared_readers")
      .addColumn("user_id", "integer", (column) => column.primaryKey())
      .addColumn("ranking", "text", (column) => column.notNull())
      .addColumn("shown", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("opened", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("rated", "integer", (column) => column.notNull().defaultTo(0))
      .addColumn("ordered", "integer", (column) => column.notNull().defaultTo(0))
      .execute();
  },
};
